"""Python's own ways to die of an exception."""

import asyncio
import concurrent.futures
import logging
import multiprocessing
import os
import sys
import threading
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


@case("python-exception/fatal/key-error", "KeyError of three frames")
def run():
    deep(3)


@case("python-exception/fatal/recursion", "frames that Python counts instead of printing")
def run():
    forever(0)


@case("python-exception/fatal/chained-context", "During handling of the above exception")
def run():
    try:
        build({})
    except KeyError:
        raise ConfigError("job spec has no machine type")


@case("python-exception/fatal/chained-cause", "The above exception was the direct cause")
def run():
    try:
        build({})
    except KeyError as error:
        raise SubmissionFailed("cannot submit arr-41") from error


@case("python-exception/fatal/chained-three", "three exceptions, both kinds of chain")
def run():
    try:
        try:
            int("two")
        except ValueError as error:
            raise ConfigError("replica_count is no number") from error
    except ConfigError:
        {}["fallback"]


@case("python-exception/fatal/no-message", "an exception without a message: no colon in its line")
def run():
    raise ConfigError


@case("python-exception/fatal/assertion", "a bare assert")
def run():
    batch = []
    assert batch


@case("python-exception/fatal/multi-line-message", "a message of several lines")
def run():
    raise ConfigError("3 problems:\n  lr: must be > 0\n  steps: missing\n\nsee docs/config.md")


@case("python-exception/fatal/notes", "add_note() puts lines after the exception")
def run():
    error = ValueError("shape mismatch: (8, 512) vs (8, 768)")
    error.add_note("while loading layer 3")
    error.add_note("checkpoint: /data/last.pt")
    raise error


@case("python-exception/fatal/unicode-message", "a message that isn't ASCII")
def run():
    raise RuntimeError("Größe ≠ 512 – Прервано 🚫")


@case("python-exception/fatal/exception-group", "an exception group: frames behind bars")
def run():
    raise ExceptionGroup(
        "2 workers failed", [ValueError("bad batch 7"), OSError(28, "No space left on device")]
    )


@case("python-exception/fatal/nested-exception-group", "a group with a group in it")
def run():
    inner = []
    for value in ("a", "b"):
        try:
            int(value)
        except ValueError as error:
            inner.append(error)
    raise ExceptionGroup("load", [ExceptionGroup("parse", inner), KeyError("schema")])


@case(
    "python-exception/fatal/task-group",
    "asyncio.TaskGroup: the group is the end of a long traceback",
)
def run():
    async def worker(n):
        await asyncio.sleep(0)
        raise RuntimeError(f"worker {n} lost its peer")

    async def both():
        async with asyncio.TaskGroup() as group:
            group.create_task(worker(0))
            group.create_task(worker(1))

    asyncio.run(both())


@case(
    "python-exception/fatal/thread", "Exception in thread: the main thread waits for ever after it"
)
def run():
    thread = threading.Thread(target=deep, args=(1,), name="prefetch")
    thread.start()
    thread.join()
    print("waiting for batches...")


@case("python-exception/fatal/two-threads", "two threads die at once, their lines may mix")
def run():
    barrier = threading.Barrier(2)

    def work():
        barrier.wait()
        deep(2)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@case(
    "python-exception/fatal/interleaved-heartbeat",
    "another thread's lines stand between the frames",
)
def run():
    def hook(*what):
        for line in "".join(traceback.format_exception(*what)).splitlines(keepends=True):
            os.write(2, line.encode())
            os.write(1, b"heartbeat: 1 worker alive\n")

    sys.excepthook = hook
    deep(2)


@case("python-exception/fatal/task-never-retrieved", "asyncio reports it when the task is dropped")
def run():
    async def fails():
        deep(0)

    async def starts():
        asyncio.create_task(fails())
        await asyncio.sleep(0.01)

    asyncio.run(starts())


@case(
    "python-exception/fatal/process-pool",
    "a traceback of another process in quotes, then the own one",
)
def run():
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        pool.submit(deep, 1).result()


@case("python-exception/fatal/multiprocessing", "Process Process-1: and its traceback")
def run():
    child = multiprocessing.get_context("fork").Process(target=deep, args=(1,))
    child.start()
    child.join()
    print("exit code of the worker:", child.exitcode)


@case("python-exception/fatal/import-error", "a module that isn't installed")
def run():
    import flash_attention_x  # noqa: F401


@case("python-exception/fatal/syntax-error", "a SyntaxError at import: its source line and caret")
def run():
    with open("plugin.py", "w", encoding="utf-8") as file:
        file.write("def run(:\n    pass\n")
    sys.path.insert(0, ".")
    import plugin  # noqa: F401


@case("python-exception/fatal/os-error", "the disk is full")
def run():
    raise OSError(28, "No space left on device", "/data/ckpt/step-500.pt")


@case("python-exception/fatal/system-exit-message", "logging.exception and then exit code 1")
def run():
    log = log_to_stderr()
    try:
        deep(1)
    except KeyError:
        log.exception("training failed")
        sys.exit(1)


@case(
    "python-exception/fatal/excepthook-critical",
    "an excepthook that logs at CRITICAL with the time before the first line only",
)
def run():
    log = log_to_stderr()
    sys.excepthook = lambda *what: log.critical("Unhandled exception", exc_info=what)
    deep(1)


@case(
    "python-exception/fatal/every-line-stamped",
    "a formatter that stamps every line of the traceback",
)
def run():
    class Stamped(logging.Formatter):
        def format(self, record):
            stamp = f"{self.formatTime(record)} {record.levelname:8} "
            return "\n".join(stamp + line for line in super().format(record).splitlines())

    handler = logging.StreamHandler()
    handler.setFormatter(Stamped())
    logging.basicConfig(handlers=[handler])
    sys.excepthook = lambda *what: logging.critical("Unhandled exception", exc_info=what)
    deep(1)


@case("python-exception/fatal/crlf", "a terminal's line ends")
def run():
    try:
        deep(1)
    except KeyError:
        os.write(2, traceback.format_exc().replace("\n", "\r\n").encode())
    sys.exit(1)


@case("python-exception/fatal/no-newline-at-end", "the last line is cut off by the exit")
def run():
    try:
        deep(1)
    except KeyError:
        os.write(2, traceback.format_exc().rstrip("\n").encode())
    os._exit(1)


main()
