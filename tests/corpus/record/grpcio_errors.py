"""grpcio bare: RpcError blocks of unary, streaming and asyncio calls."""

import asyncio
import logging

import grpc

from loopback import serve_grpc
from recorder import case, main

HOST = "us-central1-aiplatform.googleapis.com"
METHOD = "/google.cloud.aiplatform.v1.JobService/CreateCustomJob"
STREAM = "/google.cloud.aiplatform.v1.PredictionService/StreamingPredict"


def unary(*answers):
    return grpc.insecure_channel(serve_grpc(*answers)).unary_unary(METHOD)(b"{}")


def log_to_stderr():
    logging.basicConfig(level=logging.INFO, format="[%(levelname)s] %(name)s - %(message)s")
    return logging.getLogger("worker")


ERRORS = [
    ("permission-denied", "PERMISSION_DENIED", "The caller does not have permission"),
    ("permission-denied", "UNAUTHENTICATED", "Request had invalid authentication credentials."),
    ("not-found", "NOT_FOUND", "Model projects/demo/locations/us-central1/models/77 not found."),
    ("invalid-argument", "INVALID_ARGUMENT", "Invalid resource name: models/77/"),
    ("invalid-argument", "FAILED_PRECONDITION", "Endpoint has no deployed model."),
    (
        "quota",
        "RESOURCE_EXHAUSTED",
        "Quota exceeded for quota metric 'CustomModelTrainingL4GPUsPerProjectPerRegion'.",
    ),
    ("machine-type", "INVALID_ARGUMENT", 'Machine type "n1-standard-3" is not supported.'),
]
for rule, status, details in ERRORS:
    slug = status.lower().replace("_", "-")

    @case(f"{rule}/fatal/grpcio-{slug}", f"_InactiveRpcError of {status}, not caught", HOST)
    def run(status=status, details=details):
        unary((status, details))

    @case(
        f"{rule}/fatal/grpcio-{slug}-parts",
        f"code() and details() of {status} in a log line of the program's",
        HOST,
    )
    def run(status=status, details=details):
        log = log_to_stderr()
        try:
            unary((status, details))
        except grpc.RpcError as error:
            log.error("RPC failed: code=%s details=%s", error.code(), error.details())
            raise SystemExit(1)


@case("permission-denied/fatal/grpcio-aio", "grpc.aio's AioRpcError, not caught", HOST)
def run():
    address = serve_grpc(("PERMISSION_DENIED", "The caller does not have permission"))

    async def call():
        async with grpc.aio.insecure_channel(address) as channel:
            await channel.unary_unary(METHOD)(b"{}")

    asyncio.run(call())


@case(
    "not-found/fatal/grpcio-stream",
    "_MultiThreadedRendezvous of a streaming call, not caught",
    HOST,
)
def run():
    address = serve_grpc(("NOT_FOUND", "Endpoint 9 not found."))
    for _ in grpc.insecure_channel(address).unary_stream(STREAM)(b"{}"):
        pass


@case(
    "service-error/fatal/grpcio-unavailable",
    "UNAVAILABLE at every poll: nobody listens there any more",
    HOST,
)
def run():
    log = log_to_stderr()
    poll = grpc.insecure_channel("127.0.0.1:1").unary_unary(METHOD)
    for _ in range(3):
        try:
            poll(b"{}")
        except grpc.RpcError as error:
            log.error("poll failed: %s", error)


@case("service-error/fatal/grpcio-internal", "INTERNAL at every poll, code() alone", HOST)
def run():
    log = log_to_stderr()
    poll = grpc.insecure_channel(
        serve_grpc(("INTERNAL", "Internal error encountered."))
    ).unary_unary(METHOD)
    for _ in range(3):
        try:
            poll(b"{}")
        except grpc.RpcError as error:
            log.error("poll failed: %s: %s", error.code(), error.details())


@case(
    "service-error/healthy/grpcio-reconnects", "one UNAVAILABLE, then the channel works again", HOST
)
def run():
    log = log_to_stderr()
    poll = grpc.insecure_channel(serve_grpc(("UNAVAILABLE", "Socket closed"), b"ok")).unary_unary(
        METHOD
    )
    for _ in range(3):
        try:
            poll(b"{}")
            log.info("poll ok")
        except grpc.RpcError as error:
            log.warning("poll: %s %s, trying again", error.code(), error.details())


@case(
    "not-found/healthy/grpcio-created",
    "NOT_FOUND that the program answers by making the thing",
    HOST,
)
def run():
    log = log_to_stderr()
    try:
        unary(("NOT_FOUND", "Endpoint 9 not found."))
    except grpc.RpcError as error:
        log.info("%s: %s Creating it.", error.code(), error.details())
    log.info("created endpoint 9")
    log.info("serving")


@case(
    "permission-denied/healthy/grpcio-status-table",
    "a program prints which status it treats how",
    HOST,
)
def run():
    for status in grpc.StatusCode:
        again = status.name in ("UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED")
        print(f"{status!s:34} {status.value[0]:2}  {'retry' if again else 'give up'}")
    print("worker ready")


@case("invalid-argument/healthy/grpcio-enum", "repr of every status that there is", HOST)
def run():
    print("known status codes:", ", ".join(map(repr, grpc.StatusCode)))
    print("listening on port 50051")


main("grpcio")
