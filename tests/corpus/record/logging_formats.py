"""The same few errors through the log formats that programs use: plain, JSON, structlog, loguru, rich, Cloud Logging."""

import logging
import sys

import rich.traceback
import structlog
from google.api_core import exceptions
from google.cloud.logging_v2.handlers import StructuredLogHandler
from loguru import logger as loguru_logger
from pythonjsonlogger.json import JsonFormatter
from rich.console import Console
from rich.logging import RichHandler

from recorder import case, main

DENIED = "Permission 'aiplatform.customJobs.create' denied on resource (or it may not exist)."
ERRORS = {
    "permission-denied": exceptions.PermissionDenied(DENIED),
    "not-found": exceptions.NotFound(
        "Service account trainer@demo.iam.gserviceaccount.com does not exist"
    ),
    "quota": exceptions.ResourceExhausted(
        "The following quotas are exceeded: CustomModelTrainingT4GPUsPerProjectPerRegion"
    ),
    "invalid-argument": exceptions.InvalidArgument(
        "Region 'us-east1' does not support GPU type 'NVIDIA_TESLA_T4'"
    ),
    "machine-type": exceptions.InvalidArgument(
        "Machine type 'n2-standard-4' is not supported for GPU 'NVIDIA_TESLA_T4'"
    ),
    "python-exception": KeyError("machine_type"),
}


def fail(error):
    raise error


def handler_with(formatter=None, handler=None):
    handler = handler or logging.StreamHandler(sys.stderr)
    if formatter is not None:
        handler.setFormatter(formatter)
    logging.basicConfig(level=logging.DEBUG, handlers=[handler], force=True)
    logging.getLogger("google").setLevel(logging.INFO)
    logging.getLogger("asyncio").setLevel(logging.INFO)
    return logging.getLogger("launcher")


def plain():
    return handler_with(
        logging.Formatter("%(asctime)s %(levelname)s [%(name)s:%(lineno)d] %(message)s")
    )


def json_logger():
    return handler_with(
        JsonFormatter(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"levelname": "severity", "asctime": "time"},
        )
    )


def json_plain():
    return handler_with(
        JsonFormatter("%(levelname)s %(message)s", rename_fields={"levelname": "level"})
    )


def cloud_logging():
    return handler_with(handler=StructuredLogHandler(project_id="demo", stream=sys.stderr))


def rich_handler():
    return handler_with(
        logging.Formatter("%(message)s"),
        RichHandler(console=Console(file=sys.stderr, width=110), rich_tracebacks=True),
    )


def structlog_json():
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    return structlog.get_logger(job="arr-41")


def structlog_console():
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S"),
            structlog.dev.ConsoleRenderer(
                colors=True, exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    return structlog.get_logger(job="arr-41")


def loguru():
    loguru_logger.remove()
    loguru_logger.add(sys.stderr, diagnose=False, backtrace=False)
    return loguru_logger


def loguru_json():
    loguru_logger.remove()
    loguru_logger.add(sys.stderr, serialize=True, diagnose=False, backtrace=False)
    return loguru_logger


FORMATS = {
    "json-logger": (json_logger, "python-json-logger with severity and time"),
    "json-plain": (json_plain, "python-json-logger with level and message"),
    "cloud-logging": (cloud_logging, "google-cloud-logging's StructuredLogHandler"),
    "structlog-json": (structlog_json, "structlog's JSONRenderer"),
    "structlog-console": (structlog_console, "structlog's coloured ConsoleRenderer"),
    "loguru": (loguru, "loguru's default format"),
    "loguru-json": (loguru_json, "loguru's serialize=True"),
    "rich": (rich_handler, "rich's handler, which wraps lines"),
    "plain": (plain, "a usual format string"),
}
#: Which error goes through which format with its traceback.
WITH_TRACEBACK = {
    "permission-denied": ["json-logger", "structlog-json", "cloud-logging", "loguru"],
    "not-found": ["json-logger", "structlog-console", "loguru-json"],
    "quota": ["cloud-logging", "structlog-json", "plain"],
    "invalid-argument": ["json-plain", "loguru"],
    "machine-type": ["json-logger", "loguru-json", "structlog-console"],
    "python-exception": [
        "json-logger",
        "json-plain",
        "structlog-json",
        "structlog-console",
        "cloud-logging",
        "loguru",
        "loguru-json",
        "plain",
    ],
}
#: Which error goes through which format as one line.
ONE_LINE = {
    "permission-denied": ["json-plain", "structlog-console", "plain"],
    "not-found": ["cloud-logging", "structlog-json", "plain"],
    "quota": ["json-logger", "loguru", "plain"],
    "invalid-argument": ["cloud-logging", "structlog-console", "json-logger"],
    "machine-type": ["cloud-logging", "structlog-json"],
}
for rule, names in WITH_TRACEBACK.items():
    for name in names:

        @case(f"{rule}/fatal/{name}-traceback", f"{FORMATS[name][1]}, with the traceback")
        def run(rule=rule, name=name):
            log = FORMATS[name][0]()
            log.info("submitting job arr-41")
            try:
                fail(ERRORS[rule])
            except Exception:
                log.exception("submission failed")
                raise SystemExit(1)


for rule, names in ONE_LINE.items():
    for name in names:

        @case(f"{rule}/fatal/{name}-line", f"{FORMATS[name][1]}, in one line")
        def run(rule=rule, name=name):
            log = FORMATS[name][0]()
            log.info("submitting job arr-41")
            error = ERRORS[rule]
            log.error(f"submission failed: {type(error).__name__}: {error}")
            raise SystemExit(1)


for number, (rule, error) in enumerate(ERRORS.items()):
    names = list(FORMATS)
    for name in (names[number % 8], names[(number + 4) % 8]):

        @case(
            f"{rule}/healthy/{name}-handled",
            f"{FORMATS[name][1]}: a handled error with its traceback below ERROR",
        )
        def run(error=error, name=name):
            log = FORMATS[name][0]()
            try:
                fail(error)
            except Exception as caught:
                if name.startswith("loguru"):
                    log.opt(exception=caught).debug(
                        "first choice is not available, using the second"
                    )
                else:
                    log.debug("first choice is not available, using the second", exc_info=True)
            log.info("job submitted")
            log.info("epoch 1 loss 0.69")


@case("service-error/fatal/json-logger-lines", "two JSON lines of status 503")
def run():
    log = json_logger()
    for attempt in (1, 2):
        log.error(
            "request failed", extra={"status": 503, "attempt": attempt, "url": "/v1/customJobs"}
        )


@case("service-error/fatal/structlog-lines", "structlog with the status as a field")
def run():
    log = structlog_json()
    for attempt in (1, 2, 3):
        log.error("request_failed", status_code=500, attempt=attempt)


@case(
    "service-error/fatal/cloud-logging-lines", "ServiceUnavailable in Cloud Logging's form, twice"
)
def run():
    log = cloud_logging()
    for _ in range(2):
        log.error(
            "%s", exceptions.ServiceUnavailable("The service is currently unavailable.").__str__()
        )


@case("service-error/healthy/structlog-numbers", "fields that happen to be 500 and 503")
def run():
    log = structlog_json()
    for step in (499, 500, 503):
        log.info("train_step", step=step, tokens=500, loss=0.503, elapsed_ms=503, port=5003)


@case("service-error/healthy/json-access-log", "a status of 200 and sizes of 500 and 503")
def run():
    log = json_logger()
    for size in (500, 503, 5003):
        log.info(
            "request", extra={"status": 200, "bytes": size, "duration_ms": 503, "path": "/v1/500"}
        )


@case("repeated-failures/healthy/structlog-counters", "failures counted as nought, in every line")
def run():
    log = structlog_json()
    for done in (10, 20, 30, 40):
        log.info("progress", done=done, FAILED=0, FAILURE=0, status="RUNNING")


@case("repeated-failures/fatal/json-logger-critical", "CRITICAL lines that say FAILED")
def run():
    log = json_logger()
    for attempt in (1, 2, 3):
        log.critical("worker group FAILED", extra={"attempt": attempt})


@case("python-exception/fatal/rich-traceback", "rich's traceback in a box")
def run():
    rich.traceback.install(console=Console(file=sys.stderr, width=100))
    fail(ERRORS["python-exception"])


@case("permission-denied/fatal/rich-traceback", "rich's traceback in a box, with another cause")
def run():
    rich.traceback.install(console=Console(file=sys.stderr, width=160))
    fail(ERRORS["permission-denied"])


@case(
    "python-exception/fatal/loguru-diagnose",
    "loguru's own traceback: values below the lines, an arrow before the frame",
)
def run():
    loguru_logger.remove()
    loguru_logger.add(sys.stderr, colorize=True)
    try:
        fail(ERRORS["python-exception"])
    except KeyError:
        loguru_logger.exception("submission failed")
        raise SystemExit(1)


main("python-json-logger", "structlog", "loguru", "rich", "google-cloud-logging", "google-api-core")
