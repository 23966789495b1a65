"""docker and buildah against a daemon and a registry on loopback; docker's Python client."""

import json
import os
import subprocess
import sys

import docker
from docker.errors import APIError, ImageNotFound

from loopback import serve_with
from recorder import case, main, port

REGISTRY = "us-docker.pkg.dev"
DAEMON = "docker:2375"
IMAGE = f"{REGISTRY}/demo/arr/trainer"
MANIFEST = f'manifest for {IMAGE}:lates not found: manifest unknown: Failed to fetch "lates"'
DENIED = "pull access denied for demo/trainer, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"
UNAUTHORIZED = f'Head "https://{REGISTRY}/v2/demo/arr/trainer/manifests/1": denied: Unauthenticated request. Unauthenticated requests do not have permission "artifactregistry.repositories.downloadArtifacts" on resource "projects/demo/locations/us/repositories/arr" (or it may not exist)'
LIMIT = "toomanyrequests: You have reached your unauthenticated pull rate limit."


def run_tool(*command):
    sys.stdout.flush()
    subprocess.run(
        command, check=False, env=os.environ | {"DOCKER_HOST": f"tcp://127.0.0.1:{port()}"}
    )


def daemon(code, message, stream=None):
    def answer(_method, path):
        if path.endswith("/_ping"):
            return 200, "OK"
        if path.endswith("/version"):
            return 200, json.dumps(
                {"ApiVersion": "1.48", "MinAPIVersion": "1.24", "Version": "28.0.0"}
            )
        if "/images/create" in path:
            return (200, stream) if stream else (code, json.dumps({"message": message}))
        return code, json.dumps({"message": message})

    return serve_with(answer, "application/json")


PULLS = [
    ("manifest-unknown", f"{IMAGE}:lates", 404, MANIFEST),
    ("access-denied", "demo/trainer:1", 404, DENIED),
    ("unauthenticated", f"{IMAGE}:1", 500, UNAUTHORIZED),
    ("rate-limit", "demo/trainer:1", 500, LIMIT),
]
for slug, image, code, message in PULLS:

    @case(f"image-pull/fatal/docker-pull-{slug}", "docker pull: Error response from daemon", DAEMON)
    def run(image=image, code=code, message=message):
        daemon(code, message)
        run_tool("docker", "pull", image)


@case(
    "image-pull/fatal/docker-run-denied",
    "docker run can't find the image locally and can't pull it",
    DAEMON,
)
def run():
    def answer(_method, path):
        if path.endswith("/_ping"):
            return 200, "OK"
        if "/containers/create" in path:
            return 404, json.dumps({"message": "No such image: demo/trainer:1"})
        return 404, json.dumps({"message": DENIED})

    serve_with(answer, "application/json")
    run_tool("docker", "run", "--rm", "demo/trainer:1")


@case("image-pull/fatal/docker-py-denied-logged", "docker.errors.APIError, logged", DAEMON)
def run():
    daemon(404, DENIED)
    try:
        docker.DockerClient(base_url=f"tcp://127.0.0.1:{port()}", version="1.43").images.pull(
            "demo/trainer", tag="1"
        )
    except (ImageNotFound, APIError) as error:
        print(f"ERROR: Failed to pull image demo/trainer:1: {error}")
        raise SystemExit(1)


@case("image-pull/healthy/docker-pull-progress", "docker pull's progress up to its end", DAEMON)
def run():
    steps = [{"status": "Pulling from demo/arr/trainer", "id": "503"}]
    for layer in ("5f70bf18a086", "503e500d404b"):
        steps += [
            {"status": s, "id": layer}
            for s in (
                "Pulling fs layer",
                "Verifying Checksum",
                "Download complete",
                "Pull complete",
            )
        ]
    steps += [
        {
            "status": "Digest: sha256:5030d17b565c37bcbd895e9d92315a05c1c3c9a29f762b011a10c54a66cd53c9"
        },
        {"status": f"Status: Downloaded newer image for {IMAGE}:503"},
    ]
    daemon(500, "", "\n".join(map(json.dumps, steps)))
    run_tool("docker", "pull", f"{IMAGE}:503")


def registry(manifest_code, errors):
    def answer(_method, path):
        return (200, "{}") if path == "/v2/" else (manifest_code, json.dumps({"errors": errors}))

    serve_with(answer, "application/json")


ANSWERS = [
    ("manifest-unknown", 404, [{"code": "MANIFEST_UNKNOWN", "message": 'Failed to fetch "lates"'}]),
    ("name-unknown", 404, [{"code": "NAME_UNKNOWN", "message": 'Repository "arr" not found'}]),
    (
        "denied",
        403,
        [
            {
                "code": "DENIED",
                "message": 'Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/demo/locations/us/repositories/arr" (or it may not exist)',
            }
        ],
    ),
    ("unauthorized", 401, [{"code": "UNAUTHORIZED", "message": "authentication required"}]),
]
for slug, code, errors in ANSWERS:

    @case(
        f"image-pull/fatal/buildah-{slug}",
        "buildah pull: the messages of containers/image",
        REGISTRY,
    )
    def run(code=code, errors=errors):
        registry(code, errors)
        storage = [
            "--root",
            f"{os.environ['HOME']}/root",
            "--runroot",
            f"{os.environ['HOME']}/run",
            "--storage-driver",
            "vfs",
        ]
        policy = f"{os.environ['HOME']}/policy.json"
        with open(policy, "w", encoding="utf-8") as file:
            file.write('{"default": [{"type": "insecureAcceptAnything"}]}')
        run_tool(
            "buildah",
            *storage,
            "pull",
            "--retry",
            "0",
            "--tls-verify=false",
            "--signature-policy",
            policy,
            f"docker://127.0.0.1:{port()}/demo/arr/trainer:lates",
        )


main("docker", programs=("docker", "buildah"))
