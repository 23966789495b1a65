"""tqdm, pytest, unittest, pip and argparse: healthy output full of the words of every rule."""

import base64
import hashlib
import io
import logging
import os
import subprocess
import sys
import textwrap
import unittest
import zipfile

from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from recorder import case, main


@case("service-error/healthy/tqdm-503", "a bar of 503 steps, redrawn with CR")
def run():
    for _ in tqdm(range(503), mininterval=0, miniters=100, ncols=80):
        pass


@case("service-error/healthy/tqdm-500-ascii", "a bar of 500 steps with a description and a postfix")
def run():
    with tqdm(total=500, desc="epoch 500", ascii=True, mininterval=0, ncols=100) as bar:
        for _ in range(5):
            bar.set_postfix(loss=0.503, lr=0.0500, errors=0)
            bar.update(100)


@case("service-error/healthy/tqdm-bytes", "a download of 503 MB")
def run():
    with tqdm(total=503_000_000, unit="B", unit_scale=True, mininterval=0, ncols=80) as bar:
        for _ in range(10):
            bar.update(50_300_000)


@case(
    "repeated-failures/healthy/tqdm-failed-postfix", "a bar that counts no failures at every step"
)
def run():
    with tqdm(total=20, mininterval=0, ncols=90) as bar:
        for _ in range(4):
            bar.set_postfix_str("ok=5 FAILED=0 FATAL=0")
            bar.update(5)


@case("quota/healthy/tqdm-429", "a bar that passes 429")
def run():
    for _ in tqdm(range(430), desc="429 shards", mininterval=0, miniters=143, ncols=80):
        pass


@case("not-found/healthy/tqdm-404-with-log", "a bar of 404 files, with log lines in between")
def run():
    logging.basicConfig(level=logging.INFO)
    with logging_redirect_tqdm():
        for n in tqdm(range(404), mininterval=0, miniters=202, ncols=80):
            if n == 200:
                logging.info("file 404.bin not in cache, reading it from disk")


class DataError(Exception):
    pass


def interrupted_bar(error):
    for n in tqdm(range(503), mininterval=0, miniters=50, ncols=80):
        if n == 250:
            raise error


@case(
    "python-exception/fatal/tqdm-interrupted", "the traceback begins on the line of a progress bar"
)
def run():
    interrupted_bar(DataError("sample 250 has no label"))


@case("permission-denied/fatal/tqdm-interrupted", "the same, with another cause")
def run():
    from google.api_core.exceptions import Forbidden

    interrupted_bar(
        Forbidden("GET https://storage.googleapis.com/storage/v1/b/arr-data/o/250: Access denied.")
    )


@case("not-found/fatal/tqdm-write", "an error written above the bar")
def run():
    with tqdm(total=503, mininterval=0, ncols=80) as bar:
        bar.update(250)
        bar.write("ERROR NotFound: 404 No such object: arr-data/shard-250.tar", file=sys.stderr)
        raise SystemExit(1)


PYTEST = {
    "tests_errors.py": """
        import pytest

        MESSAGES = {
            "quota": "QuotaExceeded: Quota 'NVIDIA_T4_GPUS' exceeded. Limit: 0",
            "permission": "PermissionDenied: 403 Service account lacks IAM permission",
            "not_found": "NotFound: 404 GCS bucket does not exist",
            "argument": "InvalidArgument: 400 Invalid GPU count: 0",
            "machine": "Machine type 'n2-standard-4' is not supported",
            "http": "HttpError: <HttpError 502 Bad Gateway>",
            "service": "ServiceUnavailable: 503 try again",
            "init": "Failed to initialize W&B Launch agent: API key invalid",
            "pull": "ErrImagePull: manifest not found",
        }

        @pytest.mark.parametrize("text", MESSAGES.values(), ids=MESSAGES.values())
        def test_is_fatal(text):
            assert text

        @pytest.mark.xfail(reason="ImagePullBackOff is not handled yet", strict=True)
        def test_backoff():
            raise RuntimeError("ImagePullBackOff")

        @pytest.mark.skip(reason="FAILED on CI: 503 from the registry")
        def test_live():
            pass

        def test_warns():
            import warnings
            warnings.warn("FAILED FATAL FAILURE", UserWarning)
    """,
}


def pytest_run(*arguments):
    for name, text in PYTEST.items():
        with open(name, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text))
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments, *PYTEST]
    subprocess.run(command, env=os.environ | {"COLUMNS": "100"}, check=False)


@case("repeated-failures/healthy/pytest-verbose", "every test passes, its id is an error's text")
def run():
    pytest_run("-v")


@case("machine-type/healthy/pytest-ids", "every test passes, -vv -rA prints the ids twice")
def run():
    pytest_run("-vv", "-rA", "-W", "ignore")


@case("image-pull/healthy/pytest-xfail", "an expected failure, with its reason")
def run():
    pytest_run("-rxX", "-q")


@case("http-error/healthy/pytest-colour", "the same in colour")
def run():
    pytest_run("-v", "--color=yes", "-k", "http or service")


@case("agent-init/healthy/pytest-collect", "a list of what would be run")
def run():
    pytest_run("--collect-only", "-q")


@case(
    "python-exception/healthy/pytest-xfail-traceback",
    "an expected failure whose traceback is shown",
)
def run():
    pytest_run("-rx", "--xfail-tb", "--tb=native", "-W", "ignore")


@case("repeated-failures/healthy/unittest-verbose", "unittest's names and expected failures")
def run():
    class TestStates(unittest.TestCase):
        def test_FAILED_is_final(self):
            self.assertIn("FAILED", "JOB_STATE_FAILED")

        def test_FAILURE_is_mapped(self):
            self.assertTrue("FAILURE")

        @unittest.expectedFailure
        def test_FATAL_is_a_state(self):
            self.fail("FATAL")

        @unittest.skip("FAILED on CI")
        def test_live(self):
            pass

    suite = unittest.defaultTestLoader.loadTestsFromTestCase(TestStates)
    unittest.TextTestRunner(verbosity=2).run(suite)


def wheel(name, version):
    """A wheel with nothing in it but its metadata."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},{len(text)}\n"
        for path, text in files.items()
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, text in (files | {f"{info}/RECORD": record + f"{info}/RECORD,,\n"}).items():
            archive.writestr(path, text)
    return f"{name}-{version}-py3-none-any.whl", data.getvalue()


def pip_install(*packages, folder="wheels"):
    os.makedirs(folder, exist_ok=True)
    for name, version in packages:
        file, data = wheel(name, version)
        with open(f"{folder}/{file}", "wb") as out:
            out.write(data)
    wanted = [f"{name.replace('_', '-')}=={version}" for name, version in packages]
    command = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--no-cache-dir",
        "--target",
        "site",
    ]
    subprocess.run([*command, "--find-links", folder, "--no-index", *wanted], check=False)


@case("http-error/healthy/pip-packages", "packages whose names and versions are those of errors")
def run():
    pip_install(
        ("http_error_pages", "5.0.3"),
        ("httperror", "401.500.2"),
        ("fatal_errors", "1.503"),
        ("quota_exceeded", "429.0"),
    )


@case("service-error/healthy/pip-versions", "versions of 500 and 503")
def run():
    pip_install(
        ("grpc_google_iam", "0.500.0"),
        ("tensors", "2.503"),
        ("internal_error", "500.0"),
        ("service_unavailable", "5.0.3"),
    )


@case("not-found/healthy/pip-404", "packages that are named for 404")
def run():
    pip_install(("django_404", "4.0.4"), ("notfound", "404.0"), ("page_not_found", "1.404"))


@case("agent-init/healthy/argparse-help", "a help page that explains every error")
def run():
    import argparse

    parser = argparse.ArgumentParser(prog="launch", description="Submits jobs and watches them.")
    parser.add_argument(
        "--on-init-error", help='what to do when "Failed to initialize W&B Launch agent" is printed'
    )
    parser.add_argument(
        "--on-pull-error",
        help="what to do after ImagePullBackOff, ErrImagePull or Failed to pull image",
    )
    parser.add_argument(
        "--max-failures",
        type=int,
        default=3,
        help="give up after N lines with FAILED, FAILURE or FATAL",
    )
    parser.add_argument(
        "--retry-on",
        default="500,503",
        help="HTTP status codes that are tried again (default: 500,503)",
    )
    parser.print_help()


@case("permission-denied/healthy/python-help", "help() of google.api_core's classes")
def run():
    from google.api_core import exceptions

    for kind in (exceptions.PermissionDenied, exceptions.Unauthenticated, exceptions.Forbidden):
        print(f"{kind.__name__}: {kind.code} {kind.__doc__}")


@case("quota/healthy/python-enum", "http.HTTPStatus, whole")
def run():
    import http

    for status in http.HTTPStatus:
        print(f"{status.value} {status.phrase}")


main("tqdm", "pytest", "pip")
