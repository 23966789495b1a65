"""The kubernetes client against a loopback API server: the bodies of ApiException."""

import json
import logging
import warnings

from kubernetes import client
from kubernetes.client.exceptions import ApiException

from loopback import serve
from recorder import case, main

HOST = "10.0.0.1"
USER = "system:serviceaccount:wandb:launch-agent"


def status(code, reason, message, **details):
    body = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure"}
    return code, json.dumps(
        body | {"message": message, "reason": reason, "details": details, "code": code}
    )


def api(kind, *answers):
    warnings.simplefilter("ignore")
    configuration = client.Configuration(host=serve(*answers))
    configuration.retries = 0
    return getattr(client, kind)(client.ApiClient(configuration))


def log_to_stderr():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    return logging.getLogger("operator")


FORBIDDEN = status(
    403,
    "Forbidden",
    f'jobs.batch is forbidden: User "{USER}" cannot create resource "jobs" in API group "batch" in the namespace "train"',
    group="batch",
    kind="jobs",
)
UNAUTHORIZED = status(401, "Unauthorized", "Unauthorized")
NO_NAMESPACE = status(
    404, "NotFound", 'namespaces "train" not found', name="train", kind="namespaces"
)
NO_POD = status(404, "NotFound", 'pods "trainer-0" not found', name="trainer-0", kind="pods")
EXCEEDED = status(
    403,
    "Forbidden",
    'pods "trainer-0" is forbidden: exceeded quota: gpu-quota, requested: requests.nvidia.com/gpu=8, used: requests.nvidia.com/gpu=0, limited: requests.nvidia.com/gpu=4',
    name="trainer-0",
    kind="pods",
)
EXISTS = status(
    409,
    "AlreadyExists",
    'jobs.batch "arr-41" already exists',
    name="arr-41",
    group="batch",
    kind="jobs",
)
JOB = {"metadata": {"name": "arr-41"}}

for slug, rule, answer, note in [
    (
        "forbidden",
        "permission-denied",
        FORBIDDEN,
        "ApiException (403) Reason: Forbidden with the RBAC message in its body",
    ),
    ("unauthorized", "permission-denied", UNAUTHORIZED, "ApiException (401) Reason: Unauthorized"),
    ("no-namespace", "not-found", NO_NAMESPACE, "ApiException (404) Reason: Not Found"),
]:

    @case(f"{rule}/fatal/kubernetes-{slug}", f"{note}, not caught", HOST)
    def run(answer=answer):
        api("BatchV1Api", answer).create_namespaced_job("train", JOB)

    @case(f"{rule}/fatal/kubernetes-{slug}-logged", f"{note}, logged with its body", HOST)
    def run(answer=answer):
        log = log_to_stderr()
        try:
            api("BatchV1Api", answer).create_namespaced_job("train", JOB)
        except ApiException as error:
            log.error("cannot create job arr-41: %s", error)
            raise SystemExit(1)


@case("permission-denied/fatal/kubernetes-body-one-line", "the body's message alone", HOST)
def run():
    log = log_to_stderr()
    try:
        api("BatchV1Api", FORBIDDEN).create_namespaced_job("train", JOB)
    except ApiException as error:
        log.error(
            "Error creating job: (%s) %s: %s",
            error.status,
            error.reason,
            json.loads(error.body)["message"],
        )
        raise SystemExit(1)


@case("service-error/fatal/kubernetes-unavailable", "503 from the API server at every poll", HOST)
def run():
    log = log_to_stderr()
    core = api("CoreV1Api", status(503, "ServiceUnavailable", "apiserver not ready"))
    for _ in range(3):
        try:
            core.list_namespaced_pod("train")
        except ApiException as error:
            log.error("listing pods: %s", error)


@case(
    "service-error/fatal/kubernetes-internal-error",
    "500 InternalError from an admission webhook, twice",
    HOST,
)
def run():
    log = log_to_stderr()
    batch = api(
        "BatchV1Api",
        status(
            500,
            "InternalError",
            'Internal error occurred: failed calling webhook "validate.kueue.x-k8s.io": connection refused',
        ),
    )
    for number in (41, 42):
        try:
            batch.create_namespaced_job("train", {"metadata": {"name": f"arr-{number}"}})
        except ApiException as error:
            log.error(
                "job arr-%d: (%d) Reason: %s: %s",
                number,
                error.status,
                error.reason,
                json.loads(error.body)["message"],
            )


@case(
    "service-error/healthy/kubernetes-one-503",
    "the API server restarts: one 503, then pods again",
    HOST,
)
def run():
    log = log_to_stderr()
    core = api(
        "CoreV1Api",
        status(503, "ServiceUnavailable", "apiserver not ready"),
        (200, '{"kind": "PodList", "apiVersion": "v1", "items": []}'),
    )
    for _ in range(3):
        try:
            log.info("%d pods", len(core.list_namespaced_pod("train").items))
        except ApiException as error:
            log.warning("API server: %s %s, will retry", error.status, error.reason)


@case("http-error/healthy/kubernetes-already-exists", "AlreadyExists is as good as created", HOST)
def run():
    log = log_to_stderr()
    try:
        api("BatchV1Api", EXISTS).create_namespaced_job("train", JOB)
    except ApiException as error:
        log.info("job arr-41 exists already, adopting it (%s)", error.reason)
    log.info("job arr-41 is active")


@case("not-found/healthy/kubernetes-pod-gone", "a pod that is to be deleted has gone already", HOST)
def run():
    log = log_to_stderr()
    try:
        api("CoreV1Api", NO_POD).delete_namespaced_pod("trainer-0", "train")
    except ApiException as error:
        log.info("pod trainer-0 is gone already: (%s) %s", error.status, error.reason)
    log.info("clean-up finished")


@case("not-found/healthy/kubernetes-secret-created", "a secret that isn't there is made", HOST)
def run():
    log = log_to_stderr()
    core = api(
        "CoreV1Api",
        status(
            404,
            "NotFound",
            'secrets "wandb-api-key" not found',
            name="wandb-api-key",
            kind="secrets",
        ),
        (201, '{"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "wandb-api-key"}}'),
    )
    try:
        core.read_namespaced_secret("wandb-api-key", "train")
    except ApiException as error:
        log.info("secret wandb-api-key: %s, creating it", error.reason)
        log.info("created secret %s", core.create_namespaced_secret("train", {}).metadata.name)


main("kubernetes")
