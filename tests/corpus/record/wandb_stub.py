"""The real launch agent and its Vertex runner, with W&B's API replaced by a stub and Vertex AI on loopback."""

import grpc
import wandb
from google.auth.credentials import AnonymousCredentials
from google.cloud import aiplatform
from google.cloud.aiplatform_v1.services.job_service import transports
from google.cloud.aiplatform_v1.types import CustomJob
from wandb.sdk.launch import _launch
from wandb.sdk.launch.agent import agent as agent_module
from wandb.sdk.launch.environment.gcp_environment import GcpEnvironment

from loopback import serve_grpc

HOST = "us-central1-aiplatform.googleapis.com"
NAME = "projects/123456/locations/us-central1/customJobs/4242"
QUIET = {"WANDB_ERROR_REPORTING": "false", "WANDB_MODE": "offline"}
POLLS = 4


class StubApi:
    """What the agent asks of W&B; hands out each of `specs` once, then stops the agent."""

    settings = {"base_url": "https://api.wandb.ai"}
    default_entity = "demo"
    api_key = "x" * 40

    def __init__(self, specs, polls=POLLS, fails=None):
        self.items = [
            {"runQueueItemId": f"item-{n}", "runSpec": spec} for n, spec in enumerate(specs)
        ]
        self.left = polls
        self.fails = fails

    def get_launch_agent(self, _id):
        self.left -= 1
        if self.fails is not None and self.left == 0:
            raise self.fails
        return {"name": "agent-ab12cd34", "stopPolling": self.left <= 0}

    def pop_from_run_queue(self, *_, **__):
        return self.items.pop(0) if self.items else None

    def create_launch_agent(self, *_):
        return {"launchAgentId": "QWdlbnQ6MQ=="}

    def entity_is_team(self, _entity):
        return False

    def ack_run_queue_item(self, *_):
        return True

    def update_launch_agent_status(self, *_):
        return {"success": True}

    def fail_run_queue_item(self, *_):
        return True

    def update_run_queue_item_warning(self, *_):
        return True

    def get_run_state(self, *_):
        return "running"

    def check_stop_requested(self, *_):
        return False


def vertex_spec(**changes):
    pool = {
        "machine_spec": {
            "machine_type": "n2-standard-4",
            "accelerator_type": "NVIDIA_TESLA_T4",
            "accelerator_count": 1,
        },
        "replica_count": 1,
        "container_spec": {"image_uri": "${image_uri}"},
    }
    spec = {"worker_pool_specs": [pool], "staging_bucket": "gs://arr-staging"}
    run = {
        "name": "arr-41",
        "entity": "demo",
        "project": "arr",
        "resource": "vertex",
        "docker": {"docker_image": "us-docker.pkg.dev/demo/arr/trainer:1"},
        "author": "demo",
        "overrides": {
            "args": ["--lr", "0.0003"],
            "run_config": {"steps": 500},
            "entry_point": ["python", "train.py"],
        },
    }
    return (
        run
        | {
            "resource_args": {
                "vertex": {"spec": spec, "run": {"restart_job_on_worker_restart": False}}
            }
        }
        | changes
    )


def run_agent(specs, *answers, credentials=True, polls=POLLS, fails=None):
    """The agent's real loop, with its pauses shortened."""
    agent_module.AGENT_POLLING_INTERVAL = agent_module.RECEIVED_JOB_POLLING_INTERVAL = 0.3
    agent_module.LaunchAgent._init_agent_run = lambda self: setattr(self, "_wandb_run", None)
    if credentials:

        async def anonymous(self):
            self._project = "demo"
            return AnonymousCredentials()

        GcpEnvironment.get_credentials = anonymous
    if answers:
        transport = transports.JobServiceGrpcTransport(
            channel=grpc.insecure_channel(serve_grpc(*answers))
        )
        client = aiplatform.gapic.JobServiceClient(transport=transport)
        aiplatform.initializer.global_config.create_client = lambda *_, **__: client
    config = {
        "entity": "demo",
        "queues": ["vertex-queue"],
        "max_jobs": 1,
        "environment": {"type": "gcp", "region": "us-central1"},
    }
    wandb.termlog("Starting launch agent ✨")
    _launch.create_and_run_agent(StubApi(specs, polls, fails), config)


def job(state):
    return CustomJob.serialize(
        CustomJob(name=NAME, display_name="arr-41", state=state, job_spec={"worker_pool_specs": []})
    )


FINE = [
    job("JOB_STATE_PENDING"),
    job("JOB_STATE_RUNNING"),
    job("JOB_STATE_RUNNING"),
    job("JOB_STATE_SUCCEEDED"),
]
