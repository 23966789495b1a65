"""google-api-python-client with its static discovery documents: HttpError and its announced retries."""

import logging
import random

from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from loopback import google_error, serve
from recorder import case, main

HOST = "us-central1-aiplatform.googleapis.com"
PARENT = "projects/demo/locations/us-central1"
JOB = {"displayName": "arr-41", "jobSpec": {"workerPoolSpecs": []}}


def jobs(*answers):
    options = {"api_endpoint": serve(*answers)}
    service = build(
        "aiplatform", "v1", developerKey="x", static_discovery=True, client_options=options
    )
    return service.projects().locations().customJobs()


def create(*answers, retries=0):
    return jobs(*answers).create(parent=PARENT, body=JOB).execute(num_retries=retries)


def log_to_stderr(level=logging.INFO):
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)-8s [%(name)s] %(message)s")
    return logging.getLogger("agent")


ERRORS = [
    (
        "permission-denied",
        403,
        "PERMISSION_DENIED",
        "Permission 'aiplatform.customJobs.create' denied on resource '//aiplatform.googleapis.com/projects/demo/locations/us-central1' (or it may not exist).",
    ),
    (
        "permission-denied",
        401,
        "UNAUTHENTICATED",
        "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
    ),
    (
        "not-found",
        404,
        "NOT_FOUND",
        "Service account trainer@demo.iam.gserviceaccount.com does not exist.",
    ),
    (
        "invalid-argument",
        400,
        "INVALID_ARGUMENT",
        "Invalid value at 'custom_job.job_spec.worker_pool_specs[0].replica_count' (TYPE_INT64), \"one\"",
    ),
    (
        "invalid-argument",
        400,
        "FAILED_PRECONDITION",
        "Dataset projects/demo/locations/us-central1/datasets/7 has no annotations yet.",
    ),
    (
        "quota",
        429,
        "RESOURCE_EXHAUSTED",
        "The following quota metrics exceed quota limits: aiplatform.googleapis.com/custom_model_training_nvidia_t4_gpus",
    ),
    (
        "machine-type",
        400,
        "INVALID_ARGUMENT",
        'Machine type "n2-standard-4" is not supported for accelerator "NVIDIA_TESLA_T4".',
    ),
    (
        "http-error",
        409,
        "ABORTED",
        "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.",
    ),
    ("http-error", 412, None, "At least one of the pre-conditions you specified did not hold."),
    ("http-error", 405, None, "Method not allowed."),
    ("http-error", 413, None, "Request is too large."),
    ("http-error", 500, "INTERNAL", "Internal error encountered."),
    ("http-error", 502, None, "Bad Gateway"),
    ("http-error", 504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
]
for rule, code, status, message in ERRORS:
    slug = f"googleapiclient-{code}{'-' + status.lower().replace('_', '-') if status else ''}"

    @case(f"{rule}/fatal/{slug}", f"HttpError {code}, not caught", HOST)
    def run(code=code, status=status, message=message):
        create((code, google_error(code, message, status)))

    @case(
        f"{rule}/fatal/{slug}-logged", f"HttpError {code} at ERROR, then the program gives up", HOST
    )
    def run(code=code, status=status, message=message):
        log = log_to_stderr()
        try:
            create((code, google_error(code, message, status)))
        except HttpError as error:
            log.error("could not create the job: %s", error)
            raise SystemExit(1)


@case(
    "http-error/fatal/googleapiclient-html-502",
    "an HTML body from a gateway: no message in it",
    HOST,
)
def run():
    create((502, "<html><head><title>502 Bad Gateway</title></head></html>"))


@case(
    "http-error/fatal/googleapiclient-repr", "the analysis' form: the class and then the repr", HOST
)
def run():
    try:
        create((500, google_error(500, "Internal error encountered.", "INTERNAL")))
    except HttpError as error:
        print(f"HttpError: {error!r}")
        raise SystemExit(1)


@case(
    "service-error/fatal/googleapiclient-retries-in-vain",
    "every announced retry fails, for one job after the other",
    HOST,
)
def run():
    log = log_to_stderr()
    random.random = lambda: 0.01
    collection = jobs(
        (503, google_error(503, "The service is currently unavailable.", "UNAVAILABLE"))
    )
    for number in range(41, 44):
        try:
            collection.create(parent=PARENT, body=JOB).execute(num_retries=2)
        except HttpError as error:
            log.error(
                "giving up on job arr-%d: HTTP status %d after 3 tries", number, error.status_code
            )


@case(
    "http-error/fatal/googleapiclient-retries-used-up",
    "the announced retries are used up, and nobody catches the error",
    HOST,
)
def run():
    log_to_stderr()
    random.random = lambda: 0.01
    create((502, google_error(502, "Bad Gateway")), retries=2)


@case(
    "service-error/healthy/googleapiclient-retry-succeeds",
    "the library's own announced retries, then success",
    HOST,
)
def run():
    log = log_to_stderr()
    random.random = lambda: 0.01
    busy = (503, google_error(503, "The service is currently unavailable.", "UNAVAILABLE"))
    answer = create(busy, busy, (200, f'{{"name": "{PARENT}/customJobs/41"}}'), retries=4)
    log.info("created %s", answer["name"])


@case(
    "quota/healthy/googleapiclient-retry-succeeds",
    "announced retries after 429, then success",
    HOST,
)
def run():
    log = log_to_stderr()
    random.random = lambda: 0.01
    busy = (
        429,
        google_error(
            429,
            "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute'.",
            "RESOURCE_EXHAUSTED",
        ),
    )
    answer = create(busy, busy, (200, f'{{"name": "{PARENT}/customJobs/41"}}'), retries=4)
    log.info("created %s", answer["name"])


@case(
    "http-error/healthy/googleapiclient-retry-500",
    "one 500 with an announced retry, then success",
    HOST,
)
def run():
    log = log_to_stderr()
    random.random = lambda: 0.01
    answer = create(
        (500, google_error(500, "Internal error encountered.", "INTERNAL")),
        (200, f'{{"name": "{PARENT}/customJobs/41"}}'),
        retries=3,
    )
    log.info("created %s", answer["name"])


@case(
    "http-error/healthy/googleapiclient-conflict-handled",
    "a conflict that the program expects",
    HOST,
)
def run():
    log = log_to_stderr()
    try:
        create((409, google_error(409, "Job arr-41 already exists.", "ALREADY_EXISTS")))
    except HttpError as error:
        log.info("job exists already, attaching to it (%s)", error.status_code)
    log.info("JobState.JOB_STATE_RUNNING")


@case(
    "http-error/healthy/googleapiclient-debug-traceback",
    "an HttpError with its traceback at DEBUG; the program takes another way",
    HOST,
)
def run():
    log = log_to_stderr(logging.DEBUG)
    for name in ("googleapiclient", "google", "google_auth_httplib2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        create((502, "<html>502 Bad Gateway</html>"))
    except HttpError:
        log.debug("REST is not available, using gRPC", exc_info=True)
    log.info("created %s/customJobs/41 over gRPC", PARENT)
    log.info("JobState.JOB_STATE_RUNNING")


@case(
    "http-error/healthy/googleapiclient-own-retry",
    "a loop of the program's own that announces its next try and gets through",
    HOST,
)
def run():
    log = log_to_stderr()
    busy = (502, google_error(502, "Bad Gateway"))
    collection = jobs(busy, busy, (200, f'{{"name": "{PARENT}/customJobs/41"}}'))
    for attempt in range(1, 6):
        try:
            log.info("created %s", collection.create(parent=PARENT, body=JOB).execute()["name"])
            break
        except HttpError as error:
            log.warning("attempt %d of 5: %s; retrying in %d s", attempt, error, 2**attempt)


@case(
    "not-found/healthy/googleapiclient-created",
    "a 404 that the program answers by making the thing",
    HOST,
)
def run():
    log = log_to_stderr()
    try:
        jobs((404, google_error(404, "The CustomJob does not exist.", "NOT_FOUND"))).get(
            name=f"{PARENT}/customJobs/41"
        ).execute()
    except HttpError as error:
        log.info("no job yet, creating it: %s", error)
    log.info("created %s/customJobs/41", PARENT)
    log.info("JobState.JOB_STATE_RUNNING")


main("google-api-python-client")
