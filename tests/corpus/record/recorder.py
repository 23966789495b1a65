"""Runs each scenario of a script in a process of its own and writes what it prints as a case.

A script declares scenarios with @case and ends with main(). `python SCRIPT` records all of them,
`python SCRIPT --run NAME` runs one bare, as the recorder does.
"""

import importlib.metadata
import os
import re
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent
TIMEOUT_S = 60
LIB = f"/usr/lib/python{sys.version_info.major}.{sys.version_info.minor}"


@dataclass
class Case:
    name: str
    note: str
    run: Callable[[], object]
    host: str | None = None
    env: dict[str, str] = field(default_factory=dict)


CASES: list[Case] = []


def case(name: str, note: str, host: str | None = None, **env: str):
    """Declares a scenario: `RULE/fatal|healthy/SLUG`; `host` stands for the loopback server."""

    def declare(run: Callable[[], object]):
        CASES.append(Case(name, note, run, host, env))
        return run

    return declare


def port() -> int:
    """The port on which this scenario's server listens."""
    return int(os.environ["CORPUS_PORT"])


def main(*packages: str, programs: tuple[str, ...] = ()) -> None:
    """Records the script's scenarios; `packages` and `programs` are named as their source."""
    if len(sys.argv) == 3 and sys.argv[1] == "--run":
        chosen = next(each for each in CASES if each.name == sys.argv[2])
        chosen.run()
        return
    script = Path(sys.argv[0]).name
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    versions += [f"{name} {program_version(name)}" for name in programs]
    source = (
        f"{', '.join(versions) or 'Python ' + sys.version.split()[0]}, recorded by record/{script}"
    )
    wanted = sys.argv[1:]
    if not wanted:
        remove_recordings_of(script)
    for each in CASES:
        if not wanted or any(word in each.name for word in wanted):
            record(each, source)


def remove_recordings_of(script: str) -> None:
    """What a scenario that is gone has left behind goes too."""
    mark = f"recorded by record/{script}\n".encode()
    for path in CORPUS.glob("*/*/*.log"):
        if mark in path.read_bytes().split(b"---\n")[0]:
            path.unlink()


def record(each: Case, source: str) -> None:
    with tempfile.TemporaryDirectory(prefix="corpus-") as home:
        free = free_port()
        command = [sys.executable, str(HERE / Path(sys.argv[0]).name), "--run", each.name]
        result = subprocess.run(
            command,
            cwd=home,
            env=environment(home, free) | each.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=TIMEOUT_S,
            check=False,
        )
        log = scrub(result.stdout, home, free, each.host)
    rule, verdict, _ = each.name.split("/")
    expect = rule if verdict == "fatal" else "none"
    header = f"# expect: {expect}\n# source: {source}\n# note: {each.note}\n---\n"
    path = CORPUS / f"{each.name}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header.encode() + log)
    print(f"{each.name}: exit code {result.returncode}, {log.count(10)} lines")


def program_version(name: str) -> str:
    arguments = ["version", "--client"] if name == "kubectl" else ["--version"]
    said = subprocess.run([name, *arguments], capture_output=True, text=True, check=True).stdout
    return re.search(r"\d+\.\d+(?:\.\d+)?", said)[0]


def environment(home: str, free: int) -> dict[str, str]:
    """Nothing of the machine's own configuration: no proxy, no credentials, no other host."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": home,
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_GCE_CHECK": "true",
        "NO_PROXY": "*",
        "GRPC_VERBOSITY": "NONE",
        "CORPUS_PORT": str(free),
    }


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def scrub(log: bytes, home: str, free: int, host: str | None) -> bytes:
    """Machine paths become those of a container, the loopback server becomes `host`."""
    text = log.decode("utf-8", "surrogateescape")
    places = {
        str(HERE): "/app",
        home: "/home/app",
        sysconfig.get_paths()["purelib"]: f"{LIB}/site-packages",
        sysconfig.get_paths()["stdlib"]: LIB,
        str(Path(sys.prefix)): "/usr",
        str(Path(sys.base_prefix)): "/usr",
        socket.gethostname(): "worker-0",
    }
    for place, stands_for in places.items():
        text = text.replace(place, stands_for)
    if host is not None:
        text = re.sub(rf"http://(?:127\.0\.0\.1|localhost):{free}", f"https://{host}", text)
        text = re.sub(rf"(?:127\.0\.0\.1|localhost):{free}", f"{host}:443", text)
        text = re.sub(
            rf"(host=')(?:127\.0\.0\.1|localhost)(', port=){free}", rf"\g<1>{host}\g<2>443", text
        )
        text = text.replace(f"{host}:443/", f"{host}/")
    text = text.replace(str(free), "8080")
    return text.encode("utf-8", "surrogateescape")
