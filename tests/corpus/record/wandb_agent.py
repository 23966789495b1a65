"""The real launch agent and its Vertex runner (wandb_stub.py): jobs that are refused, trip it up, or run."""

from google.cloud import aiplatform
from wandb.errors import CommError

from recorder import case, main
from wandb_stub import FINE, HOST, QUIET, run_agent, vertex_spec

REFUSALS = [
    (
        "machine-type",
        "INVALID_ARGUMENT",
        'Accelerator "NVIDIA_TESLA_T4" is not supported for machine type "n2-standard-4".',
    ),
    (
        "invalid-argument",
        "INVALID_ARGUMENT",
        "List of found errors:\t1.Field: job_spec.worker_pool_specs[0].replica_count; Message: must be 1.\t",
    ),
    (
        "permission-denied",
        "PERMISSION_DENIED",
        "Permission 'aiplatform.customJobs.create' denied on resource '//aiplatform.googleapis.com/projects/demo/locations/us-central1' (or it may not exist).",
    ),
    (
        "not-found",
        "NOT_FOUND",
        "Service account trainer@demo.iam.gserviceaccount.com does not exist.",
    ),
    (
        "quota",
        "RESOURCE_EXHAUSTED",
        "The following quotas are exceeded: CustomModelTrainingT4GPUsPerProjectPerRegion",
    ),
]
for rule, status, details in REFUSALS:

    @case(
        f"{rule}/fatal/wandb-agent-vertex",
        f"the agent submits a job, Vertex AI refuses it with {status}; a traceback behind prefixes",
        HOST,
        **QUIET,
    )
    def run(status=status, details=details):
        run_agent([vertex_spec()], (status, details))


MESSAGES = [
    (
        "permission-denied",
        "403 Permission 'storage.buckets.get' denied on resource (or it may not exist).",
    ),
    (
        "not-found",
        "404 GET https://storage.googleapis.com/storage/v1/b/arr-staging: The specified bucket does not exist.",
    ),
    (
        "quota",
        "429 The following quota metrics exceed quota limits: aiplatform.googleapis.com/custom_model_training_nvidia_t4_gpus",
    ),
    (
        "machine-type",
        '400 Machine type "n2-standard-4" is not supported for accelerator "NVIDIA_TESLA_T4".',
    ),
    ("invalid-argument", "400 Invalid value for field staging_bucket: 'gs:/arr-staging'"),
]
for rule, message in MESSAGES:

    @case(
        f"{rule}/fatal/wandb-agent-launch-error",
        "a LaunchError of the Vertex runner: one line, no exception class",
        HOST,
        **QUIET,
    )
    def run(message=message):
        def refuse(*_, **__):
            raise RuntimeError(message)

        aiplatform.init = refuse
        run_agent([vertex_spec()])


@case(
    "permission-denied/fatal/wandb-agent-no-credentials",
    "the agent finds no Google credentials",
    HOST,
    **QUIET,
)
def run():
    run_agent([vertex_spec()], credentials=False)


@case(
    "python-exception/fatal/wandb-agent-bad-spec",
    "the agent trips over a job's spec",
    HOST,
    **QUIET,
)
def run():
    spec = vertex_spec()
    spec["resource_args"]["vertex"]["spec"]["worker_pool_specs"] = [{"container_spec": ["image"]}]
    run_agent([spec])


@case(
    "python-exception/fatal/wandb-agent-attribute-error",
    "the agent trips over a job's overrides, twice",
    HOST,
    **QUIET,
)
def run():
    run_agent([vertex_spec(overrides=["--lr", "0.1"]), vertex_spec(overrides=["--lr", "0.2"])])


@case(
    "agent-init/fatal/wandb-agent-loses-server",
    "the agent's poll raises CommError, and the agent dies",
    HOST,
    **QUIET,
)
def run():
    run_agent(
        [],
        fails=CommError(
            "Error communicating with W&B, exceeded retries: unable to connect to https://api.wandb.ai"
        ),
    )


@case(
    "agent-init/healthy/wandb-agent-idle",
    "an agent that finds no work and is told to stop",
    HOST,
    **QUIET,
)
def run():
    run_agent([])


@case(
    "repeated-failures/healthy/wandb-agent-job-succeeds",
    "a job that is submitted and runs",
    HOST,
    **QUIET,
)
def run():
    run_agent([vertex_spec()], *FINE, polls=8)


WORDS = {
    "machine-type": "Machine type n2-standard-4 is not supported for T4",
    "invalid-argument": "InvalidArgument: 400",
    "permission-denied": "PermissionDenied: 403",
    "not-found": "NotFound: 404",
    "quota": "ResourceExhausted",
    "repeated-failures": "FAILED FAILURE FATAL",
    "http-error": "HttpError: <HttpError 503 Service Unavailable>",
    "service-error": "ServiceUnavailable 503 Internal Server Error 500",
    "agent-init": "Failed to initialize",
    "image-pull": "ImagePullBackOff",
}
for rule, words in WORDS.items():

    @case(
        f"{rule}/healthy/wandb-agent-echoes-job",
        "the job that the agent echoes has the rule's words in the user's own values",
        HOST,
        **QUIET,
    )
    def run(words=words):
        overrides = {
            "args": ["--alert-on", words, "--note", f"was: {words}"],
            "run_config": {
                "alert": {"pattern": words, "status": 503},
                "steps": 500,
                "fail_on": [words, words],
            },
            "entry_point": ["python", "train.py"],
        }
        run_agent([vertex_spec(overrides=overrides)], *FINE, polls=8)


main("wandb", "google-cloud-aiplatform")
