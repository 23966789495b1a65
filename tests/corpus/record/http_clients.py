"""requests, urllib3, httpx and aiohttp: status errors, announced retries, access logs."""

import asyncio
import logging

import aiohttp
import httpx
import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from loopback import google_error, serve
from recorder import case, main

HOST = "aiplatform.googleapis.com"
PATH = "/v1/projects/demo/locations/us-central1/customJobs"


def log_to_stderr(level=logging.INFO):
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    return logging.getLogger("client")


STATUSES = [
    (
        "permission-denied",
        403,
        google_error(403, "The caller does not have permission", "PERMISSION_DENIED"),
    ),
    (
        "permission-denied",
        401,
        google_error(
            401, "Request is missing required authentication credential.", "UNAUTHENTICATED"
        ),
    ),
    ("not-found", 404, google_error(404, "Requested entity was not found.", "NOT_FOUND")),
    ("invalid-argument", 400, google_error(400, "Invalid resource name", "INVALID_ARGUMENT")),
    (
        "quota",
        429,
        google_error(
            429,
            "Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model",
            "RESOURCE_EXHAUSTED",
        ),
    ),
]
for rule, code, body in STATUSES:

    @case(f"{rule}/fatal/requests-{code}", f"raise_for_status() of a {code}, not caught", HOST)
    def run(code=code, body=body):
        requests.post(serve((code, body)) + PATH, json={}).raise_for_status()

    @case(
        f"{rule}/fatal/requests-{code}-body",
        f"the body of a {code} printed as it came, over several lines",
        HOST,
    )
    def run(code=code, body=body):
        response = requests.post(serve((code, body)) + PATH, json={})
        print(f"request failed with status {response.status_code}:\n{response.text}")
        raise SystemExit(1)

    @case(
        f"{rule}/fatal/requests-{code}-json", f"the body of a {code} on one line, as a dict", HOST
    )
    def run(code=code, body=body):
        log = log_to_stderr()
        log.error("create failed: %s", requests.post(serve((code, body)) + PATH, json={}).json())
        raise SystemExit(1)

    @case(
        f"{rule}/fatal/httpx-{code}",
        f"httpx.HTTPStatusError of a {code}: a message of two lines",
        HOST,
    )
    def run(code=code, body=body):
        httpx.post(serve((code, body)) + PATH, json={}).raise_for_status()


@case("permission-denied/fatal/aiohttp-403", "aiohttp.ClientResponseError, not caught", HOST)
def run():
    url = serve((403, "{}")) + PATH

    async def call():
        async with aiohttp.ClientSession(raise_for_status=True) as session:
            await session.post(url, json={})

    asyncio.run(call())


@case("not-found/fatal/aiohttp-404", "aiohttp.ClientResponseError, not caught", HOST)
def run():
    url = serve((404, "{}")) + PATH

    async def call():
        async with aiohttp.ClientSession(raise_for_status=True) as session:
            await session.get(url)

    asyncio.run(call())


@case("service-error/fatal/requests-500-loop", "a loop of its own that never gets through", HOST)
def run():
    log = log_to_stderr()
    url = serve((500, "oops")) + PATH
    for _ in range(3):
        try:
            requests.post(url, json={}).raise_for_status()
        except requests.HTTPError as error:
            log.error("submission failed: %s", error)


@case("service-error/fatal/requests-503-status", "the status alone, at every attempt", HOST)
def run():
    log = log_to_stderr()
    url = serve((503, "busy")) + PATH
    for attempt in range(1, 4):
        response = requests.post(url, json={})
        log.error("attempt %d: HTTP %d %s", attempt, response.status_code, response.reason)


@case("service-error/fatal/httpx-503-loop", "httpx's own INFO lines and the program's errors", HOST)
def run():
    log = log_to_stderr()
    url = serve((503, "busy")) + PATH
    for _ in range(3):
        try:
            httpx.post(url, json={}).raise_for_status()
        except httpx.HTTPStatusError as error:
            log.error("submission failed: %s", error)


@case(
    "service-error/fatal/urllib3-retries-exhausted",
    "announced retries in vain: too many 503 error responses, twice",
    HOST,
)
def run():
    log = log_to_stderr()
    session = requests.Session()
    session.mount(
        "http://", HTTPAdapter(max_retries=Retry(2, status_forcelist=[503], backoff_factor=0))
    )
    url = serve((503, "busy")) + PATH
    for _ in range(2):
        try:
            session.get(url)
        except requests.exceptions.RetryError as error:
            log.error("giving up: %s", error)


@case(
    "service-error/healthy/urllib3-retry-succeeds",
    "urllib3 announces its retries and gets through",
    HOST,
)
def run():
    log = log_to_stderr(logging.DEBUG)
    session = requests.Session()
    session.mount(
        "http://", HTTPAdapter(max_retries=Retry(5, status_forcelist=[500, 503], backoff_factor=0))
    )
    session.get(serve((503, "busy"), (500, "oops"), (503, "busy"), (200, "{}")) + PATH)
    log.info("job list received")


@case(
    "service-error/healthy/connection-retries",
    "Retrying (Retry(total=2...)) after a refused connection, then another server",
    HOST,
)
def run():
    log = log_to_stderr()
    pool = urllib3.PoolManager(retries=Retry(3, backoff_factor=0))
    try:
        pool.request("GET", "http://127.0.0.1:1/healthz")
    except urllib3.exceptions.HTTPError:
        log.info("primary is not reachable, using the secondary")
    log.info("secondary answered 200")


@case(
    "not-found/healthy/httpx-404-then-created",
    "httpx's INFO line of a 404, and the thing is made",
    HOST,
)
def run():
    log = log_to_stderr()
    url = serve((404, "{}"), (200, "{}")) + PATH
    if httpx.get(url + "/41").status_code == 404:
        log.info("job 41 is not there yet, creating it")
        httpx.post(url, json={})
    log.info("job 41 created")


@case("quota/healthy/urllib3-retry-429", "429 with Retry in the pool, then success", HOST)
def run():
    log = log_to_stderr(logging.DEBUG)
    session = requests.Session()
    session.mount(
        "http://", HTTPAdapter(max_retries=Retry(5, status_forcelist=[429], backoff_factor=0))
    )
    session.get(serve((429, "slow down"), (429, "slow down"), (200, "{}")) + PATH)
    log.info("job list received")


@case(
    "permission-denied/healthy/httpx-metadata-403",
    "a metadata server that is no metadata server",
    HOST,
)
def run():
    log = log_to_stderr()
    if httpx.get(serve((403, "no")) + "/computeMetadata/v1/").status_code == 403:
        log.info("not on Google Cloud, using the local profile")
    log.info("epoch 1 loss 0.69")


@case("http-error/healthy/httpx-mixed", "INFO lines of requests that a health check makes", HOST)
def run():
    log_to_stderr()
    url = serve((404, ""), (405, ""), (200, "ok"))
    for path in ("/healthz", "/health", "/livez"):
        if httpx.get(url + path).status_code == 200:
            print(f"health endpoint is {path}")


@case(
    "python-exception/healthy/aiohttp-unclosed-session",
    "asyncio's ERROR about a session that nobody closed; the program goes on",
)
def run():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    url = serve((200, "{}")) + PATH

    async def call():
        session = aiohttp.ClientSession()
        print("status", (await session.get(url)).status)

    asyncio.run(call())
    print("epoch 1 loss 0.69")


@case("python-exception/fatal/requests-refused", "nobody listens: three chained exceptions", HOST)
def run():
    requests.get("http://127.0.0.1:1/v1/jobs")


@case(
    "python-exception/fatal/requests-not-json",
    "the answer isn't JSON: JSONDecodeError, twice",
    HOST,
)
def run():
    print(requests.get(serve((200, "<html>hello</html>")) + PATH).json())


main("requests", "urllib3", "httpx", "aiohttp")
