"""google-cloud-storage over REST: bucket and object errors, caught and uncaught, and its own retries."""

import logging

from google.api_core import exceptions
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage

from loopback import google_error, serve
from recorder import case, main

HOST = "storage.googleapis.com"
SA = "trainer@demo.iam.gserviceaccount.com"
FORBIDDEN = google_error(
    403,
    f"{SA} does not have storage.buckets.get access to the Google Cloud Storage bucket. Permission 'storage.buckets.get' denied on resource (or it may not exist).",
    errors=[{"message": "denied", "domain": "global", "reason": "forbidden"}],
)
NO_BUCKET = google_error(
    404,
    "The specified bucket does not exist.",
    errors=[
        {
            "message": "The specified bucket does not exist.",
            "domain": "global",
            "reason": "notFound",
        }
    ],
)
BUCKET = '{"kind": "storage#bucket", "id": "arr-staging", "name": "arr-staging", "location": "US-CENTRAL1"}'


def client(*answers) -> storage.Client:
    url = serve(*answers)
    return storage.Client("demo", AnonymousCredentials(), client_options={"api_endpoint": url})


def log_to_stderr(level=logging.INFO):
    logging.basicConfig(level=level, format="%(levelname)s:%(name)s:%(message)s")
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    return logging.getLogger("setup")


@case(
    "permission-denied/fatal/storage-forbidden", "Forbidden: 403 from get_bucket, not caught", HOST
)
def run():
    client((403, FORBIDDEN)).get_bucket("arr-staging")


@case(
    "permission-denied/fatal/storage-upload-forbidden",
    "an upload's Forbidden: 403, chained to InvalidResponse",
    HOST,
)
def run():
    body = f"{SA} does not have storage.objects.create access to the Google Cloud Storage object."
    client((403, body)).bucket("arr-staging").blob("model.pt").upload_from_string(b"x")


@case(
    "permission-denied/fatal/storage-unauthorized",
    "Unauthorized: 401 from a client without credentials",
    HOST,
)
def run():
    body = google_error(
        401,
        "Anonymous caller does not have storage.objects.list access to the Google Cloud Storage bucket.",
    )
    list(client((401, body)).list_blobs("arr-staging"))


@case("not-found/fatal/storage-bucket", "NotFound: 404 from get_bucket, not caught", HOST)
def run():
    client((404, NO_BUCKET)).get_bucket("arr-staging")


@case(
    "not-found/fatal/storage-download",
    "a download's NotFound: 404, chained to InvalidResponse",
    HOST,
)
def run():
    client((404, "No such object: arr-staging/ckpt/last.pt")).bucket("arr-staging").blob(
        "ckpt/last.pt"
    ).download_as_bytes()


@case(
    "not-found/fatal/storage-bucket-logged",
    "logged with its traceback, then the program gives up",
    HOST,
)
def run():
    log = log_to_stderr()
    try:
        client((404, NO_BUCKET)).get_bucket("arr-staging")
    except exceptions.NotFound:
        log.exception("staging bucket is missing")
        raise SystemExit(2)


@case("invalid-argument/fatal/storage-bad-request", "BadRequest: 400 for a bucket's name", HOST)
def run():
    client((400, google_error(400, "Invalid bucket name: 'ARR_Staging'"))).create_bucket(
        "ARR_Staging"
    )


@case(
    "quota/fatal/storage-too-many-requests",
    "TooManyRequests: 429 where the library may not retry",
    HOST,
)
def run():
    body = google_error(
        429,
        "The rate of change requests to the bucket exceeds the rate limit. Please reduce the rate of create, update, and delete requests.",
    )
    client((429, body)).create_bucket("arr-staging", retry=None)


@case("service-error/fatal/storage-unavailable-twice", "503 for every shard, no success", HOST)
def run():
    log = log_to_stderr()
    bucket = client(
        (503, google_error(503, "We encountered an internal error. Please try again."))
    ).bucket("arr-data")
    for shard in range(3):
        try:
            bucket.blob(f"shard-{shard}.tar").reload(retry=None)
        except exceptions.ServiceUnavailable as error:
            log.error("shard %d: %s", shard, error)


@case(
    "service-error/healthy/storage-retries-by-itself",
    "the library retries 503 and says so at DEBUG only",
    HOST,
)
def run():
    log = log_to_stderr(logging.DEBUG)
    google = logging.getLogger("google")
    google.setLevel(logging.DEBUG)
    google.addHandler(logging.root.handlers[0])
    google.propagate = False
    error = (503, google_error(503, "We encountered an internal error. Please try again."))
    bucket = client(error, (200, BUCKET)).get_bucket("arr-staging")
    log.info("using bucket %s", bucket.name)


@case(
    "not-found/healthy/storage-bucket-created",
    "a 404 that the program answers by making the bucket",
    HOST,
)
def run():
    log = log_to_stderr()
    gcs = client((404, NO_BUCKET), (200, BUCKET))
    try:
        gcs.get_bucket("arr-staging")
    except exceptions.NotFound as error:
        log.warning("%s; creating it", error)
        log.info("created %s", gcs.create_bucket("arr-staging").name)
    log.info("uploading package")


@case("not-found/healthy/storage-no-checkpoint", "no checkpoint yet: a new run starts", HOST)
def run():
    log = log_to_stderr()
    try:
        client((404, "No such object: arr-staging/ckpt/last.pt")).bucket("arr-staging").blob(
            "ckpt/last.pt"
        ).download_as_bytes()
    except exceptions.NotFound as error:
        log.info("no checkpoint to resume from (%s), starting at step 0", error.__class__.__name__)
    log.info("step 100 loss 2.31")


@case("not-found/healthy/storage-exists-false", "exists() is asked and answers no", HOST)
def run():
    log = log_to_stderr(logging.DEBUG)
    logging.getLogger("urllib3").setLevel(logging.DEBUG)
    there = client((404, NO_BUCKET)).bucket("arr-cache").exists()
    log.info("cache bucket exists: %s", there)
    log.info("building without cache")


@case(
    "permission-denied/healthy/storage-cache-not-readable",
    "a cache that the program may not read and does without",
    HOST,
)
def run():
    log = log_to_stderr()
    try:
        client((403, FORBIDDEN)).get_bucket("shared-cache")
    except exceptions.Forbidden as error:
        log.warning("shared cache is not readable, continuing without it: %s", error)
    log.info("epoch 1 loss 0.69")
    log.info("epoch 2 loss 0.41")


@case(
    "http-error/healthy/storage-conflict-handled",
    "the bucket exists already, which is as good",
    HOST,
)
def run():
    log = log_to_stderr()
    try:
        client(
            (
                409,
                google_error(
                    409,
                    "Your previous request to create the named bucket succeeded and you already own it.",
                ),
            )
        ).create_bucket("arr-staging")
    except exceptions.Conflict as error:
        log.info("bucket is there already: %s", error)
    log.info("uploading package")


main("google-cloud-storage", "google-api-core")
