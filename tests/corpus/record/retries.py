"""tenacity, and loops of a program's own: announced retries that succeed, and retries in vain."""

import logging

import tenacity
from google.api_core import exceptions

from recorder import case, main

UNAVAILABLE = exceptions.ServiceUnavailable("The service is currently unavailable.")
EXHAUSTED = exceptions.TooManyRequests("Rate limit exceeded, retry after 1 second.")
DENIED = exceptions.PermissionDenied("The caller does not have permission")
GONE = exceptions.NotFound("Requested entity was not found.")
RESET = ConnectionResetError(104, "Connection reset by peer")


def log_to_stderr(form="%(asctime)s %(levelname)s %(name)s: %(message)s"):
    logging.basicConfig(level=logging.INFO, format=form)
    return logging.getLogger("submit")


def attempt(log, outcomes, tries=5, traceback=False, reraise=False):
    """Calls a function whose results or errors are `outcomes`, with tenacity's announced retries."""
    left = list(outcomes)

    def submit():
        outcome = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    policy = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(tries),
        wait=tenacity.wait_fixed(0.01),
        before_sleep=tenacity.before_sleep_log(log, logging.WARNING, exc_info=traceback),
        after=tenacity.after_log(log, logging.INFO) if reraise else tenacity.after_nothing,
        reraise=reraise,
    )
    return policy(submit)


for rule, slug, error in [
    ("service-error", "unavailable", UNAVAILABLE),
    ("quota", "rate-limit", EXHAUSTED),
    ("python-exception", "reset", RESET),
]:

    @case(f"{rule}/healthy/tenacity-{slug}", "tenacity announces its retries and gets through")
    def run(error=error):
        log = log_to_stderr()
        log.info("submitted %s", attempt(log, [error, error, "customJobs/41"]))

    @case(
        f"{rule}/healthy/tenacity-{slug}-traceback",
        "the same with a traceback in every announcement",
    )
    def run(error=error):
        log = log_to_stderr()
        log.info("submitted %s", attempt(log, [error, error, "customJobs/41"], traceback=True))


@case(
    "permission-denied/fatal/tenacity-retry-error", "RetryError, whose cause is a PermissionDenied"
)
def run():
    attempt(log_to_stderr(), [DENIED], tries=3)


@case("not-found/fatal/tenacity-reraise", "the last error is raised as it is")
def run():
    attempt(log_to_stderr(), [GONE], tries=3, reraise=True)


@case(
    "repeated-failures/fatal/loop-never-succeeds",
    "a loop of its own that goes on for ever, and fails every time",
)
def run():
    log = log_to_stderr("%(message)s")
    for n in range(1, 6):
        log.warning("FAILED to submit job to Vertex AI (attempt %d)", n)
        log.info("Retrying submission...")


@case(
    "repeated-failures/fatal/error-level-loop",
    "FAILED at ERROR again and again, other lines in between",
)
def run():
    log = log_to_stderr()
    for n in range(1, 5):
        log.info("picked up job arr-%d", n)
        log.info("building image")
        log.error("job arr-%d FAILED: exit code 137", n)


@case(
    "repeated-failures/healthy/one-failure-then-success",
    "one failure with an announced retry, then success",
)
def run():
    log = log_to_stderr()
    for n in range(3):
        log.warning("upload of shard %d FAILED, retrying in 1s", n)
        log.info("upload of shard %d succeeded", n)


@case("repeated-failures/healthy/retries-then-success", "two announced retries, then success")
def run():
    log = log_to_stderr()
    log.warning("submission FAILED (attempt 1 of 5), retrying in 1s")
    log.warning("submission FAILED (attempt 2 of 5), retrying in 2s")
    log.info("submission succeeded: customJobs/41")
    log.info("JobState.JOB_STATE_RUNNING")


main("tenacity", "google-api-core")
