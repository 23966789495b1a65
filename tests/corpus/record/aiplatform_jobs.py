"""google-cloud-aiplatform: custom jobs submitted to a loopback Vertex AI, refused, failed and finished."""

import logging

import grpc
from google.auth.credentials import AnonymousCredentials
from google.cloud import aiplatform
from google.cloud.aiplatform import jobs, utils
from google.cloud.aiplatform_v1.services.job_service import transports
from google.cloud.aiplatform_v1.types import CustomJob
from google.rpc import status_pb2

from loopback import serve_grpc
from recorder import case, main

HOST = "us-central1-aiplatform.googleapis.com"
NAME = "projects/123456/locations/us-central1/customJobs/4242"
POOLS = [
    {
        "machine_spec": {
            "machine_type": "n2-standard-4",
            "accelerator_type": "NVIDIA_TESLA_T4",
            "accelerator_count": 1,
        },
        "replica_count": 1,
        "container_spec": {"image_uri": "us-docker.pkg.dev/demo/arr/trainer:1"},
    }
]


def answer(state, error=None):
    job = CustomJob(
        name=NAME, display_name="arr-41", state=state, job_spec={"worker_pool_specs": []}
    )
    if error is not None:
        job.error = status_pb2.Status(code=error[0], message=error[1])
    return CustomJob.serialize(job)


def custom_job(*answers):
    """A job whose client speaks to loopback without TLS."""
    channel = grpc.insecure_channel(serve_grpc(*answers))
    transport = transports.JobServiceGrpcTransport(channel=channel)
    original = utils.JobClientWithOverride._default_version
    client = {"v1": aiplatform.gapic.JobServiceClient}[original](transport=transport)
    aiplatform.initializer.global_config.create_client = lambda *_, **__: client
    jobs._JOB_WAIT_TIME = jobs._LOG_WAIT_TIME = 0.01
    aiplatform.init(
        project="demo",
        location="us-central1",
        staging_bucket="gs://arr-staging",
        credentials=AnonymousCredentials(),
    )
    return aiplatform.CustomJob("arr-41", POOLS)


REFUSALS = [
    (
        "machine-type",
        "INVALID_ARGUMENT",
        'Accelerator "NVIDIA_TESLA_T4" is not supported for machine type "n2-standard-4".',
    ),
    (
        "invalid-argument",
        "INVALID_ARGUMENT",
        "List of found errors:\t1.Field: job_spec.worker_pool_specs[0].container_spec.image_uri; Message: Invalid image URI.\t",
    ),
    (
        "permission-denied",
        "PERMISSION_DENIED",
        "Permission 'aiplatform.customJobs.create' denied on resource '//aiplatform.googleapis.com/projects/demo/locations/us-central1' (or it may not exist).",
    ),
    ("not-found", "NOT_FOUND", "The persistent resource arr-pool does not exist."),
    (
        "quota",
        "RESOURCE_EXHAUSTED",
        "The following quotas are exceeded: CustomModelTrainingT4GPUsPerProjectPerRegion",
    ),
]
for rule, status, message in REFUSALS:

    @case(f"{rule}/fatal/aiplatform-submit", f"CustomJob.submit() refused with {status}", HOST)
    def run(status=status, message=message):
        logging.basicConfig(level=logging.INFO)
        custom_job((status, message)).submit()


FAILURES = [
    (
        "quota",
        8,
        "The following quota metrics exceed quota limits: aiplatform.googleapis.com/custom_model_training_nvidia_t4_gpus",
    ),
    (
        "invalid-argument",
        3,
        "The replica workerpool0-0 has an image that can't be started: container command is empty.",
    ),
    (
        "permission-denied",
        7,
        "Vertex AI Service Agent does not have permission to access Artifact Registry repository projects/demo/locations/us/repositories/arr.",
    ),
    ("not-found", 5, "The bucket arr-staging was not found."),
]
for rule, code, message in FAILURES:

    @case(
        f"{rule}/fatal/aiplatform-job-failed",
        f"a job that ends with code {code}: Job failed with, over several lines",
        HOST,
    )
    def run(code=code, message=message):
        logging.basicConfig(level=logging.INFO)
        failed = answer("JOB_STATE_FAILED", (code, message))
        custom_job(answer("JOB_STATE_PENDING"), answer("JOB_STATE_RUNNING"), failed).run(sync=True)


@case(
    "repeated-failures/healthy/aiplatform-job-succeeds", "the states of a job that ends well", HOST
)
def run():
    logging.basicConfig(level=logging.INFO)
    states = [
        "JOB_STATE_QUEUED",
        "JOB_STATE_PENDING",
        "JOB_STATE_PENDING",
        "JOB_STATE_RUNNING",
        "JOB_STATE_SUCCEEDED",
    ]
    custom_job(*map(answer, states)).run(sync=True)


@case("repeated-failures/healthy/aiplatform-states", "every state that a job may have", HOST)
def run():
    for state in aiplatform.gapic.JobState:
        print(f"{state!r:45} {state.name}")


main("google-cloud-aiplatform")
