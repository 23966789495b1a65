"""The kubernetes client against a loopback API server: events, container states and quotas of pods."""

import json
import logging
import warnings

from kubernetes import client

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


IMAGE = "us-docker.pkg.dev/demo/arr/trainer:lates"
PULL = f'Failed to pull image "{IMAGE}": rpc error: code = NotFound desc = failed to pull and unpack image "{IMAGE}": failed to resolve reference "{IMAGE}": {IMAGE}: not found'


def events(*rows):
    items = [
        {
            "metadata": {"name": f"trainer-0.{n}", "namespace": "train"},
            "involvedObject": {"kind": "Pod", "name": "trainer-0"},
            "type": kind,
            "reason": reason,
            "message": message,
        }
        for n, (kind, reason, message) in enumerate(rows)
    ]
    return 200, json.dumps({"kind": "EventList", "apiVersion": "v1", "items": items})


@case("image-pull/fatal/kubernetes-events", "the events of a pod, printed by a watcher", HOST)
def run():
    rows = [
        ("Normal", "Scheduled", "Successfully assigned train/trainer-0 to gke-pool-1"),
        ("Normal", "Pulling", f'Pulling image "{IMAGE}"'),
        ("Warning", "Failed", PULL),
        ("Warning", "Failed", "Error: ErrImagePull"),
        ("Normal", "BackOff", f'Back-off pulling image "{IMAGE}"'),
        ("Warning", "Failed", "Error: ImagePullBackOff"),
    ]
    for event in api("CoreV1Api", events(*rows)).list_namespaced_event("train").items:
        print(f"{event.type:8} {event.reason:10} {event.involved_object.name}: {event.message}")


def waiting(reason, message):
    pod = {
        "metadata": {"name": "trainer-0"},
        "status": {
            "phase": "Pending",
            "containerStatuses": [
                {
                    "name": "main",
                    "image": IMAGE,
                    "imageID": "",
                    "ready": False,
                    "restartCount": 0,
                    "state": {"waiting": {"reason": reason, "message": message}},
                }
            ],
        },
    }
    return 200, json.dumps({"kind": "Pod", "apiVersion": "v1"} | pod)


@case(
    "image-pull/fatal/kubernetes-container-state",
    "the waiting state of a container, logged at ERROR",
    HOST,
)
def run():
    log = log_to_stderr()
    pod = api(
        "CoreV1Api", waiting("ImagePullBackOff", f'Back-off pulling image "{IMAGE}"')
    ).read_namespaced_pod("trainer-0", "train")
    state = pod.status.container_statuses[0].state.waiting
    log.error("pod %s cannot start: %s: %s", pod.metadata.name, state.reason, state.message)


@case(
    "image-pull/fatal/kubernetes-pod-dump", "the client's own repr of the container's state", HOST
)
def run():
    pod = api("CoreV1Api", waiting("ErrImagePull", PULL)).read_namespaced_pod("trainer-0", "train")
    print(pod.status.container_statuses[0].state)


@case("image-pull/healthy/kubernetes-creating", "a pod that is starting: nothing is wrong", HOST)
def run():
    log = log_to_stderr()
    pod = api("CoreV1Api", waiting("ContainerCreating", None)).read_namespaced_pod(
        "trainer-0", "train"
    )
    state = pod.status.container_statuses[0].state.waiting
    fatal = ("ImagePullBackOff", "ErrImagePull", "InvalidImageName")
    log.info(
        "pod %s is waiting: %s (fatal would be one of %s)",
        pod.metadata.name,
        state.reason,
        ", ".join(fatal),
    )
    log.info("pod trainer-0 is running")


@case("quota/healthy/kubernetes-quota-object", "a ResourceQuota that is far from used up", HOST)
def run():
    body = {
        "kind": "ResourceQuota",
        "apiVersion": "v1",
        "metadata": {"name": "gpu-quota"},
        "status": {
            "hard": {"requests.nvidia.com/gpu": "8"},
            "used": {"requests.nvidia.com/gpu": "2"},
        },
    }
    quota = api("CoreV1Api", (200, json.dumps(body))).read_namespaced_resource_quota(
        "gpu-quota", "train"
    )
    print(
        f"quota {quota.metadata.name}: used {quota.status.used} of {quota.status.hard}, exceeded: False"
    )


main("kubernetes")
