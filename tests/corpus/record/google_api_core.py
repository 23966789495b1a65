"""google-api-core over grpc: what each status looks like where nobody catches it, and where somebody does."""

import logging

import grpc
from google.api_core import exceptions, grpc_helpers, retry

from loopback import serve_grpc
from recorder import case, main

VERTEX = "us-central1-aiplatform.googleapis.com"
METHOD = "/google.cloud.aiplatform.v1.JobService/CreateCustomJob"
PARENT = "projects/demo/locations/us-central1"


def method(*answers):
    """The callable that a generated client calls, with the errors mapped as it maps them."""
    call = grpc.insecure_channel(serve_grpc(*answers)).unary_unary(METHOD)
    return grpc_helpers.wrap_errors(call)


def create_custom_job(*answers):
    print(f"Creating CustomJob in {PARENT}")
    return method(*answers)(b"{}")


def logged(level=logging.INFO, form="%(asctime)s %(levelname)s %(name)s: %(message)s"):
    logging.basicConfig(level=level, format=form)
    return logging.getLogger("launcher")


UNHANDLED = [
    (
        "invalid-argument",
        "INVALID_ARGUMENT",
        "List of found errors:\t1.Field: job_spec.worker_pool_specs[0].replica_count; Message: must be 1 for the first worker pool.\t",
    ),
    (
        "invalid-argument",
        "FAILED_PRECONDITION",
        "The Persistent Resource projects/demo/locations/us-central1/persistentResources/p1 is not in RUNNING state.",
    ),
    ("invalid-argument", "OUT_OF_RANGE", "boot_disk_size_gb must be between 100 and 64000."),
    (
        "machine-type",
        "INVALID_ARGUMENT",
        'Accelerator "NVIDIA_TESLA_T4" is not supported for machine type "n2-standard-4".',
    ),
    (
        "permission-denied",
        "PERMISSION_DENIED",
        "Permission 'aiplatform.customJobs.create' denied on resource '//aiplatform.googleapis.com/projects/demo/locations/us-central1' (or it may not exist).",
    ),
    (
        "permission-denied",
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
    ),
    ("not-found", "NOT_FOUND", "Requested entity was not found."),
    (
        "quota",
        "RESOURCE_EXHAUSTED",
        "The following quotas are exceeded: CustomModelTrainingT4GPUsPerProjectPerRegion",
    ),
]
for rule, status, details in UNHANDLED:
    slug = status.lower().replace("_", "-")

    @case(
        f"{rule}/fatal/api-core-{slug}",
        f"nobody catches {status}: the chained traceback of api_core",
        VERTEX,
    )
    def run(status=status, details=details):
        create_custom_job((status, details))

    @case(
        f"{rule}/fatal/api-core-{slug}-logged",
        f"{status} logged in one line at ERROR before the program gives up",
        VERTEX,
    )
    def run(status=status, details=details):
        log = logged()
        try:
            create_custom_job((status, details))
        except exceptions.GoogleAPICallError as error:
            log.error("submission failed: %s", error)
            raise SystemExit(1)


@case(
    "service-error/fatal/api-core-unavailable-loop",
    "a loop of its own that never gets through",
    VERTEX,
)
def run():
    log = logged()
    create = method(("UNAVAILABLE", "The service is currently unavailable."))
    for attempt in range(1, 5):
        try:
            create(b"{}")
        except exceptions.ServiceUnavailable as error:
            log.error("attempt %d: %s: %s", attempt, type(error).__name__, error)


@case("service-error/fatal/api-core-internal-loop", "INTERNAL again and again", VERTEX)
def run():
    log = logged()
    create = method(("INTERNAL", "Internal error encountered."))
    for attempt in range(1, 4):
        try:
            create(b"{}")
        except exceptions.InternalServerError:
            log.exception("attempt %d failed", attempt)


@case(
    "service-error/healthy/api-core-retry-succeeds",
    "api_core retries 503 by itself; the program says so and gets through",
    VERTEX,
)
def run():
    log = logged()
    policy = retry.Retry(
        predicate=retry.if_exception_type(exceptions.ServiceUnavailable),
        initial=0.01,
        on_error=lambda error: log.warning("retrying after %s: %s", type(error).__name__, error),
    )
    busy = ("UNAVAILABLE", "The service is currently unavailable.")
    policy(method(busy, busy, b"ok"))(b"{}")
    log.info("CustomJob created. Resource name: %s/customJobs/41", PARENT)


@case("quota/healthy/api-core-retry-succeeds", "429 with an announced retry, then success", VERTEX)
def run():
    log = logged()
    policy = retry.Retry(
        predicate=retry.if_exception_type(exceptions.ResourceExhausted),
        initial=0.01,
        on_error=lambda error: log.warning("%s; retrying", error),
    )
    busy = (
        "RESOURCE_EXHAUSTED",
        "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute'.",
    )
    policy(method(busy, busy, b"ok"))(b"{}")
    log.info("request succeeded")


HANDLED = [
    ("not-found", "NOT_FOUND", "no earlier checkpoint, starting from scratch"),
    (
        "permission-denied",
        "PERMISSION_DENIED",
        "no access to the shared cache, building without it",
    ),
    (
        "invalid-argument",
        "FAILED_PRECONDITION",
        "tensorboard is not ready yet, continuing without it",
    ),
]
for rule, status, consequence in HANDLED:

    @case(
        f"{rule}/healthy/api-core-handled-{status.lower().replace('_', '-')}",
        f"{status} is caught, logged at INFO and lived with",
        VERTEX,
    )
    def run(status=status, consequence=consequence):
        log = logged()
        try:
            method(
                (status, "Requested entity was not found." if status == "NOT_FOUND" else "Not now.")
            )(b"{}")
        except exceptions.GoogleAPICallError as error:
            log.info("%s (%s)", consequence, error)
        log.info("training started")
        log.info("epoch 1 loss 0.6931")
        log.info("epoch 2 loss 0.4012")

    @case(
        f"{rule}/healthy/api-core-debug-{status.lower().replace('_', '-')}",
        f"{status} with its traceback at DEBUG; the program goes on",
        VERTEX,
    )
    def run(status=status, consequence=consequence):
        log = logged(logging.DEBUG)
        logging.getLogger("grpc").setLevel(logging.WARNING)
        logging.getLogger("asyncio").setLevel(logging.WARNING)
        try:
            method((status, "Not now."))(b"{}")
        except exceptions.GoogleAPICallError:
            log.debug("%s", consequence, exc_info=True)
        log.info("training started")
        log.info("epoch 1 loss 0.6931")


@case(
    "machine-type/healthy/api-core-falls-back",
    "the first choice of machine is refused, the second is taken",
    VERTEX,
)
def run():
    log = logged()
    create = method(
        (
            "INVALID_ARGUMENT",
            'Accelerator "NVIDIA_TESLA_T4" is not supported for machine type "n2-standard-4".',
        ),
        b"ok",
    )
    for machine, other in (("n2-standard-4", "n1-standard-4"), ("n1-standard-4", None)):
        try:
            create(b"{}")
            log.info("CustomJob created with machine type %s", machine)
            break
        except exceptions.InvalidArgument as error:
            log.warning("%s; falling back to %s", error, other)
    log.info("JobState.JOB_STATE_RUNNING")


@case(
    "invalid-argument/healthy/api-core-falls-back",
    "an option that the region doesn't know is left out",
    VERTEX,
)
def run():
    log = logged()
    create = method(
        ("INVALID_ARGUMENT", "enable_dashboard_access is not supported in us-central1."), b"ok"
    )
    try:
        create(b"{}")
    except exceptions.InvalidArgument as error:
        log.warning("dashboard is not available (%s), continuing without it", error)
        create(b"{}")
    log.info("CustomJob created. Resource name: %s/customJobs/41", PARENT)


main("google-api-core", "grpcio")
