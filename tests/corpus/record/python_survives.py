"""What only looks like dying of an exception: orderly ends, handled errors, stacks on request."""

import asyncio
import logging
import os
import signal
import sys
import threading
import time
import traceback

from recorder import case, main


class ConfigError(Exception):
    """A class of the program's own, without Error in what it prints first."""


class SubmissionFailed(Exception):
    pass


def build(config):
    return config["machine_type"]


def deep(n):
    return build({}) if n == 0 else deep(n - 1)


def forever(n):
    return forever(n + 1) + 1


def log_to_stderr(level=logging.INFO, form="%(asctime)s - %(name)s - %(levelname)s - %(message)s"):
    logging.basicConfig(level=level, format=form)
    return logging.getLogger("trainer")


@case("python-exception/healthy/keyboard-interrupt", "a user's Ctrl-C")
def run():
    print("polling...")
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    time.sleep(5)


@case(
    "python-exception/healthy/keyboard-interrupt-asyncio",
    "Ctrl-C in asyncio: CancelledError and then KeyboardInterrupt",
)
def run():
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    async def poll():
        print("polling...")
        await asyncio.sleep(5)

    asyncio.run(poll())


@case(
    "python-exception/healthy/system-exit-zero", "an orderly exit whose traceback somebody prints"
)
def run():
    try:
        print("done, nothing left to do")
        sys.exit(0)
    except SystemExit:
        traceback.print_exc()


@case(
    "python-exception/healthy/broken-pipe-at-exit",
    "the reader of stdout has gone: Exception ignored",
    PYTHONUNBUFFERED="",
)
def run():
    reader, writer = os.pipe()
    os.dup2(writer, 1)
    os.close(reader)
    os.close(writer)
    print("bye", flush=False)


@case(
    "python-exception/healthy/broken-pipe", "BrokenPipeError in a traceback while the program ends"
)
def run():
    reader, writer = os.pipe()
    print("shutting down", flush=True)
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        pipe.write("x" * 100000)


for level in ("debug", "info", "warning"):

    @case(
        f"python-exception/healthy/handled-at-{level}",
        f"caught, logged with its traceback at {level.upper()}, and lived with",
    )
    def run(level=level):
        log = log_to_stderr(logging.DEBUG)
        try:
            deep(1)
        except KeyError:
            getattr(log, level)(
                "no machine type given, using the default n1-standard-4", exc_info=True
            )
        log.info("epoch 1 loss 0.69")
        log.info("epoch 2 loss 0.41")


@case("python-exception/healthy/handled-retry", "a traceback with an announced retry, then success")
def run():
    log = log_to_stderr()
    for attempt in (1, 2):
        try:
            if attempt == 1:
                raise ConnectionResetError(104, "Connection reset by peer")
            log.info("upload succeeded")
        except OSError:
            log.warning("upload failed, retrying (attempt %d of 5)", attempt, exc_info=True)
    log.info("step 200 loss 1.31")


@case(
    "python-exception/healthy/ignored-in-del",
    "Exception ignored in a __del__, with a traceback; Python goes on",
)
def run():
    class Handle:
        def __del__(self):
            raise AttributeError("'NoneType' object has no attribute 'close'")

    handle = Handle()
    del handle
    print("epoch 1 loss 0.69")
    print("epoch 2 loss 0.41")


@case(
    "python-exception/healthy/ignored-in-generator",
    "Exception ignored in a generator that is thrown away",
)
def run():
    def batches():
        try:
            yield 1
        finally:
            raise RuntimeError("prefetcher is closed")

    made = batches()
    next(made)
    del made
    print("epoch 1 loss 0.69")


@case("python-exception/healthy/never-awaited", "RuntimeWarning: coroutine was never awaited")
def run():
    async def flush():
        pass

    flush()
    print("epoch 1 loss 0.69")


@case("python-exception/healthy/print-stack", "traceback.print_stack(): a stack and no exception")
def run():
    print("where am I called from?")
    traceback.print_stack()
    print("step 1 loss 2.3")


@case(
    "python-exception/healthy/logging-error",
    "logging's own complaint about a wrong format; the program goes on",
)
def run():
    log = log_to_stderr()
    log.info("loss %d", "0.69")
    log.info("epoch 2 loss 0.41")


@case("python-exception/healthy/warnings", "warnings whose text names errors")
def run():
    import warnings

    warnings.warn("DeprecationError: will become an Error: use build() instead", FutureWarning)
    warnings.warn("Exception: none, this is a warning")
    print("epoch 1 loss 0.69")


@case("python-exception/healthy/help-of-exceptions", "help() of a class of exceptions")
def run():
    help(ConfigError)
    print(KeyError("machine_type").__repr__(), "is how such an error looks")


main()
