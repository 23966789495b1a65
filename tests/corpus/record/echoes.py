"""Programs that say an error's words without having the error: configuration, queries, docs, samples, metrics."""

import argparse
import ast
import csv
import dataclasses
import difflib
import json
import logging
import os
import subprocess
import sys

import sqlalchemy
import yaml
from prometheus_client import CollectorRegistry, Counter, generate_latest
from rich.console import Console
from rich.table import Table

from recorder import case, main

#: Texts of each rule as they would stand in an error.
TEXTS = {
    "machine-type": [
        "Machine type 'n2-standard-4' is not supported for GPU 'NVIDIA_TESLA_T4'",
        'Accelerator "NVIDIA_TESLA_T4" is not supported for machine type "n2-standard-4"',
    ],
    "invalid-argument": [
        "InvalidArgument: 400 Invalid GPU count: 0",
        "status: INVALID_ARGUMENT",
        "FailedPrecondition: 400",
    ],
    "permission-denied": [
        "PermissionDenied: 403 The caller does not have permission",
        "PERMISSION_DENIED",
        "401 Unauthenticated",
    ],
    "not-found": ["NotFound: 404 bucket does not exist", "status: NOT_FOUND", "404 Not Found"],
    "quota": [
        "QuotaExceeded: Quota 'NVIDIA_T4_GPUS' exceeded",
        "RESOURCE_EXHAUSTED",
        "429 Too Many Requests",
    ],
    "repeated-failures": ["FAILED to submit job", "FAILURE", "FATAL", "Traceback"],
    "python-exception": [
        "Traceback (most recent call last):",
        "KeyError: 'machine_type'",
        "RuntimeError: boom",
    ],
    "http-error": [
        "HttpError: <HttpError 502 Bad Gateway>",
        "<HttpError 500 when requesting /v1/jobs>",
    ],
    "service-error": [
        "503 Service Unavailable",
        "500 Internal Server Error",
        "ServiceUnavailable: 503",
    ],
    "agent-init": [
        "Failed to initialize W&B Launch agent",
        "Unable to connect to wandb.ai",
        "wandb: ERROR Failed to connect",
    ],
    "image-pull": ["ImagePullBackOff", "ErrImagePull", "Failed to pull image"],
}


def goes_on():
    """What shows that nothing happened."""
    print("training starts")
    for epoch in (1, 2):
        print(f"epoch {epoch} loss {0.9 / epoch:.4f}")


def yaml_config(texts):
    print("effective configuration:")
    print(
        yaml.safe_dump(
            {"alerts": [{"match": text, "notify": "ops", "after": 500} for text in texts]},
            sort_keys=False,
        )
    )


def json_config(texts):
    print(
        "config:", json.dumps({"watch": {"patterns": texts, "window": 100}, "lr": 0.0003}, indent=2)
    )


def namespace(texts):
    parser = argparse.ArgumentParser()
    parser.add_argument("--on-error", nargs="+")
    parser.add_argument("--steps", type=int, default=500)
    print("arguments:", parser.parse_args(["--on-error", *texts]))


def dataclass_repr(texts):
    made = dataclasses.make_dataclass("WatchConfig", ["name", "patterns", "threshold"])
    print(made("errors", texts, 3))


def environment(texts):
    os.environ.clear()
    os.environ.update(
        {f"ALERT_PATTERN_{n}": text for n, text in enumerate(texts)}
        | {"PATH": "/usr/bin", "STEPS": "500"}
    )
    for name, value in os.environ.items():
        print(f"{name}={value}")


def sql(texts):
    logging.basicConfig(stream=sys.stdout, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
    with sqlalchemy.create_engine("sqlite://").connect() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE log_lines (message TEXT)"))
        query = sqlalchemy.text("SELECT count(*) FROM log_lines WHERE message LIKE :pattern")
        for text in texts:
            connection.execute(query, {"pattern": f"%{text}%"})


def dataset_samples(texts):
    print("3 random samples of the dataset (log classification):")
    for n, text in enumerate(texts):
        print(json.dumps({"id": 500 + n, "text": text, "label": "error"}))


def tokens(texts):
    for text in texts:
        print("tokenized example:", text.replace(":", " :").split())


def documentation(texts):
    print("ERRORS\n    The agent stops when one of these lines is printed:\n")
    for text in texts:
        print(f'      - "{text}"')
    print("\n    See docs/errors.md for what to do.\n")


def metrics(texts):
    registry = CollectorRegistry()
    counter = Counter("log_errors", "Lines that matched a pattern.", ["pattern"], registry=registry)
    for text in texts:
        counter.labels(text)
    print(generate_latest(registry).decode())


def table(texts):
    view = Table(title="alerts in the last 24 h")
    view.add_column("pattern")
    view.add_column("count", justify="right")
    for text in texts:
        view.add_row(text, "0")
    Console(file=sys.stdout, width=110).print(view)


def csv_report(texts):
    writer = csv.writer(sys.stdout)
    writer.writerow(["pattern", "yesterday", "today"])
    for n, text in enumerate(texts):
        writer.writerow([text, n, 0])


def diff(texts):
    before = [f'    "{text}",\n' for text in texts[:1]]
    after = [f'    "{text}",\n' for text in texts]
    sys.stdout.writelines(
        difflib.unified_diff(
            ["PATTERNS = [\n", *before, "]\n"],
            ["PATTERNS = [\n", *after, "]\n"],
            "a/watch.py",
            "b/watch.py",
        )
    )


def git_log(texts):
    git = [
        "git",
        "-c",
        "user.name=dev",
        "-c",
        "user.email=dev@example.com",
        "-c",
        "init.defaultBranch=main",
    ]
    subprocess.run([*git, "init", "-q", "."], check=True)
    for text in texts:
        subprocess.run(
            [*git, "commit", "-q", "--allow-empty", "-m", f"fix: explain {text}"], check=True
        )
    subprocess.run([*git, "log", "--oneline", "--no-decorate"], check=True)


def source(texts):
    with open("watch.py", "w", encoding="utf-8") as file:
        file.write("".join(f"if {text!r} in line:\n    raise SystemExit(1)\n" for text in texts))
    sys.stdout.flush()
    subprocess.run(["grep", "-n", "in line", "watch.py"], check=True)


def syntax_tree(texts):
    print(ast.dump(ast.parse(f"PATTERNS = {texts!r}"), indent=1))


def file_names(texts):
    os.mkdir("golden")
    for text in texts:
        with open("golden/" + text.replace("/", "_") + ".txt", "w", encoding="utf-8"):
            pass
    sys.stdout.flush()
    subprocess.run(["ls", "-1", "golden"], check=True)


def shell_trace(texts):
    script = "".join(f"grep -c -- {json.dumps(text)} agent.log || true\n" for text in texts)
    with open("agent.log", "w", encoding="utf-8"):
        pass
    sys.stdout.flush()
    subprocess.run(["sh", "-xc", script], check=True)


def rule_table(texts):
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    log = logging.getLogger("watcher")
    log.info("%d rules loaded", len(texts))
    for n, text in enumerate(texts):
        log.info("rule %d: stop when a line contains %r", n, text)


def last_run(texts):
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.info("previous run ended on 2025-11-15 with: %s", texts[0])
    logging.info("cause was mended (see ticket 503), starting again")


CONTEXTS = [
    yaml_config,
    json_config,
    namespace,
    dataclass_repr,
    environment,
    sql,
    dataset_samples,
    tokens,
    documentation,
    metrics,
    table,
    csv_report,
    diff,
    git_log,
    source,
    syntax_tree,
    file_names,
    shell_trace,
    rule_table,
    last_run,
]
PER_RULE = 6

for number, (rule, texts) in enumerate(TEXTS.items()):
    for step in range(PER_RULE):
        context = CONTEXTS[(number * 7 + step * 3) % len(CONTEXTS)]

        @case(
            f"{rule}/healthy/echo-{context.__name__.replace('_', '-')}",
            f"the rule's words in {context.__name__.replace('_', ' ')}, and the program goes on",
            GIT_CONFIG_NOSYSTEM="1",
        )
        def run(context=context, texts=texts):
            context(texts)
            goes_on()


main("PyYAML", "prometheus-client", "rich", "SQLAlchemy")
