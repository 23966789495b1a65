"""kubectl against an API server on loopback: pods, their events, and refusals."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from loopback import serve_with
from recorder import case, main, port

API = "10.0.0.1"
REGISTRY = "us-docker.pkg.dev"
IMAGE = f"{REGISTRY}/demo/arr/trainer"


def kube(objects):
    def answer(_method, path):
        path = path.split("?")[0]
        if path in objects:
            return objects[path]
        if path in ("/api", "/apis"):
            return 200, json.dumps(
                {"kind": "APIVersions", "versions": ["v1"]}
                if path == "/api"
                else {"kind": "APIGroupList", "apiVersion": "v1", "groups": []}
            )
        if path == "/api/v1":
            names = [
                ("pods", "Pod", ["po"]),
                ("events", "Event", ["ev"]),
                ("namespaces", "Namespace", ["ns"]),
            ]
            return 200, json.dumps(
                {
                    "kind": "APIResourceList",
                    "groupVersion": "v1",
                    "resources": [
                        {
                            "name": n,
                            "singularName": k.lower(),
                            "namespaced": n != "namespaces",
                            "kind": k,
                            "verbs": ["get", "list", "create", "watch"],
                            "shortNames": s,
                        }
                        for n, k, s in names
                    ],
                }
            )
        return 404, json.dumps(
            {
                "kind": "Status",
                "apiVersion": "v1",
                "status": "Failure",
                "reason": "NotFound",
                "code": 404,
                "message": "the server could not find the requested resource",
            }
        )

    serve_with(answer, "application/json")


def kubectl(*arguments):
    command = ["kubectl", f"--server=http://127.0.0.1:{port()}", "--request-timeout=5s"]
    sys.stdout.flush()
    subprocess.run([*command, *arguments], check=False)


def table(*rows):
    columns = ["Name", "Ready", "Status", "Restarts", "Age"]
    return 200, json.dumps(
        {
            "kind": "Table",
            "apiVersion": "meta.k8s.io/v1",
            "metadata": {},
            "columnDefinitions": [{"name": c, "type": "string", "priority": 0} for c in columns],
            "rows": [{"cells": row} for row in rows],
        }
    )


def failure(code, reason, message):
    return code, json.dumps(
        {
            "kind": "Status",
            "apiVersion": "v1",
            "metadata": {},
            "status": "Failure",
            "message": message,
            "reason": reason,
            "code": code,
        }
    )


def ago(seconds):
    return (datetime.now(UTC) - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


PODS = "/api/v1/namespaces/default/pods"
EVENTS = "/api/v1/namespaces/default/events"


@case("image-pull/fatal/kubectl-get-pods-backoff", "the status column of kubectl get pods", API)
def run():
    kube(
        {
            PODS: table(
                ["trainer-0", "0/1", "ImagePullBackOff", 0, "42s"],
                ["redis-0", "1/1", "Running", 0, "3d"],
            )
        }
    )
    kubectl("get", "pods")


@case(
    "image-pull/fatal/kubectl-get-pods-init", "an init container's image, in the status column", API
)
def run():
    kube({PODS: table(["trainer-0", "0/1", "Init:ErrImagePull", 0, "12s"])})
    kubectl("get", "pods")


@case(
    "image-pull/healthy/kubectl-get-pods-running", "pods that run; one is named for the error", API
)
def run():
    kube(
        {
            PODS: table(
                ["trainer-0", "1/1", "Running", 0, "42s"],
                ["imagepullbackoff-exporter-0", "1/1", "Running", "1 (500m ago)", "503m"],
            )
        }
    )
    kubectl("get", "pods")


def event(kind, reason, message, count, first, last):
    return {
        "metadata": {"name": f"trainer-0.{reason}.{count}", "namespace": "default"},
        "involvedObject": {
            "kind": "Pod",
            "name": "trainer-0",
            "namespace": "default",
            "uid": "u",
            "fieldPath": "spec.containers{main}",
        },
        "type": kind,
        "reason": reason,
        "message": message,
        "count": count,
        "firstTimestamp": ago(first),
        "lastTimestamp": ago(last),
        "source": {"component": "kubelet"},
    }


def pod(state, ready=False, since=60):
    container = {
        "name": "main",
        "image": f"{IMAGE}:lates",
        "imageID": "",
        "ready": ready,
        "restartCount": 0,
        "state": state,
    }
    return 200, json.dumps(
        {
            "kind": "Pod",
            "apiVersion": "v1",
            "metadata": {"name": "trainer-0", "namespace": "default", "uid": "u"},
            "spec": {
                "nodeName": "gke-pool-1",
                "containers": [{"name": "main", "image": f"{IMAGE}:lates"}],
            },
            "status": {
                "phase": "Running" if ready else "Pending",
                "startTime": ago(since),
                "containerStatuses": [container],
            },
        }
    )


PULL = f'Failed to pull image "{IMAGE}:lates": rpc error: code = NotFound desc = failed to pull and unpack image "{IMAGE}:lates": failed to resolve reference "{IMAGE}:lates": {IMAGE}:lates: not found'
FORBIDDEN_PULL = f'Failed to pull image "{IMAGE}:1": failed to pull and unpack image "{IMAGE}:1": failed to resolve reference "{IMAGE}:1": failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://{REGISTRY}/v2/token: 403 Forbidden'


def failing_events(message):
    return [
        event(
            "Normal",
            "Scheduled",
            "Successfully assigned default/trainer-0 to gke-pool-1",
            1,
            60,
            60,
        ),
        event("Normal", "Pulling", f'Pulling image "{IMAGE}:lates"', 3, 59, 12),
        event("Warning", "Failed", message, 3, 58, 11),
        event("Warning", "Failed", "Error: ErrImagePull", 3, 58, 11),
        event("Normal", "BackOff", f'Back-off pulling image "{IMAGE}:lates"', 4, 57, 1),
    ]


for slug, message in [("not-found", PULL), ("forbidden", FORBIDDEN_PULL)]:

    @case(f"image-pull/fatal/kubectl-describe-{slug}", "kubectl describe pod, with its events", API)
    def run(message=message):
        waiting = {
            "waiting": {
                "reason": "ImagePullBackOff",
                "message": f'Back-off pulling image "{IMAGE}:lates"',
            }
        }
        kube(
            {
                f"{PODS}/trainer-0": pod(waiting),
                EVENTS: (
                    200,
                    json.dumps(
                        {"kind": "EventList", "apiVersion": "v1", "items": failing_events(message)}
                    ),
                ),
            }
        )
        kubectl("describe", "pod", "trainer-0")

    @case(f"image-pull/fatal/kubectl-events-{slug}", "kubectl events --watch=false", API)
    def run(message=message):
        kube(
            {
                EVENTS: (
                    200,
                    json.dumps(
                        {"kind": "EventList", "apiVersion": "v1", "items": failing_events(message)}
                    ),
                )
            }
        )
        kubectl("events")


@case("image-pull/healthy/kubectl-describe-running", "kubectl describe of a pod that runs", API)
def run():
    events = [
        event("Normal", "Pulling", f'Pulling image "{IMAGE}:lates"', 1, 59, 59),
        event(
            "Normal",
            "Pulled",
            f'Successfully pulled image "{IMAGE}:lates" in 503ms (500ms including waiting)',
            1,
            58,
            58,
        ),
        event("Normal", "Started", "Started container main", 1, 57, 57),
    ]
    kube(
        {
            f"{PODS}/trainer-0": pod({"running": {"startedAt": ago(57)}}, ready=True),
            EVENTS: (200, json.dumps({"kind": "EventList", "apiVersion": "v1", "items": events})),
        }
    )
    kubectl("describe", "pod", "trainer-0")


@case(
    "image-pull/healthy/kubectl-describe-recovered",
    "a pod that runs now; its events remember an earlier failure",
    API,
)
def run():
    events = [
        event("Warning", "Failed", FORBIDDEN_PULL, 2, 900, 880),
        event("Warning", "Failed", "Error: ErrImagePull", 2, 900, 880),
        event(
            "Normal", "Pulled", f'Successfully pulled image "{IMAGE}:lates" in 3.2s', 1, 860, 860
        ),
        event("Normal", "Started", "Started container main", 1, 859, 859),
    ]
    kube(
        {
            f"{PODS}/trainer-0": pod({"running": {"startedAt": ago(859)}}, ready=True, since=905),
            EVENTS: (200, json.dumps({"kind": "EventList", "apiVersion": "v1", "items": events})),
        }
    )
    kubectl("describe", "pod", "trainer-0")


@case("permission-denied/fatal/kubectl-forbidden", "Error from server (Forbidden)", API)
def run():
    kube(
        {
            PODS: failure(
                403,
                "Forbidden",
                'pods is forbidden: User "system:serviceaccount:wandb:launch-agent" cannot list resource "pods" in API group "" in the namespace "default"',
            )
        }
    )
    kubectl("get", "pods")


@case("permission-denied/fatal/kubectl-unauthorized", "the server asks for credentials", API)
def run():
    kube({PODS: failure(401, "Unauthorized", "Unauthorized")})
    kubectl("get", "pods")


@case("not-found/fatal/kubectl-namespace", "Error from server (NotFound)", API)
def run():
    kube({"/api/v1/namespaces/train": failure(404, "NotFound", 'namespaces "train" not found')})
    kubectl("get", "namespace", "train")


@case("not-found/healthy/kubectl-ignore-not-found", "no pods: No resources found", API)
def run():
    kube({PODS: table()})
    kubectl("get", "pods")
    print("nothing to clean up, creating trainer-0", flush=True)


@case(
    "service-error/fatal/kubectl-unavailable",
    "Error from server (ServiceUnavailable) at every poll",
    API,
)
def run():
    kube(
        {
            PODS: failure(
                503, "ServiceUnavailable", "the server is currently unable to handle the request"
            )
        }
    )
    for _ in range(3):
        kubectl("get", "pods")


main(programs=("kubectl",))
