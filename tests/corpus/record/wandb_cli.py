"""wandb's command line and wandb.init() against a loopback W&B: refused, broken, silent, offline."""

import json
import os
import subprocess
import sys

from loopback import serve
from recorder import case, main, port

HOST = "api.wandb.ai"
KEY = "0123456789abcdef0123456789abcdef01234567"
ENV = {"WANDB_ERROR_REPORTING": "false", "WANDB_API_KEY": KEY}
NO_KEY = {"WANDB_ERROR_REPORTING": "false"}
NOT_LOGGED_IN = (401, json.dumps({"errors": [{"message": "user is not logged in"}]}))
TRAIN = """
import wandb
run = wandb.init(project="arr", settings=wandb.Settings(init_timeout=4, _service_wait=10))
for step in range(3):
    run.log({"loss": 0.503 - step / 10, "status": 500, "step": step})
    print(f"step {step} loss {0.503 - step / 10:.3f}")
run.finish()
"""


def wandb_cli(*arguments):
    sys.stdout.flush()
    env = os.environ | {"WANDB_BASE_URL": f"http://127.0.0.1:{port()}"}
    subprocess.run([sys.executable, "-m", "wandb", *arguments], env=env, check=False, timeout=50)


def train(**env):
    url = {"WANDB_BASE_URL": f"http://127.0.0.1:{port()}"}
    subprocess.run(
        [sys.executable, "-c", TRAIN], env=os.environ | url | env, check=False, timeout=50
    )


@case("agent-init/fatal/wandb-launch-agent-401", "the agent can't verify its key", HOST, **ENV)
def run():
    serve(NOT_LOGGED_IN)
    wandb_cli("launch-agent", "-q", "vertex-queue", "-e", "demo")


@case(
    "agent-init/fatal/wandb-launch-agent-no-key",
    "the agent has no key and no terminal to ask on",
    HOST,
    **NO_KEY,
)
def run():
    serve(NOT_LOGGED_IN)
    wandb_cli("launch-agent", "-q", "vertex-queue", "-e", "demo")


@case(
    "agent-init/fatal/wandb-launch-agent-short-key",
    "the agent's key has the wrong form",
    HOST,
    WANDB_API_KEY="not-a-key",
    **NO_KEY,
)
def run():
    serve(NOT_LOGGED_IN)
    wandb_cli("launch-agent", "-q", "vertex-queue", "-e", "demo")


@case(
    "agent-init/fatal/wandb-login-401",
    "wandb login --verify with a key that the server refuses",
    HOST,
    **NO_KEY,
)
def run():
    serve(NOT_LOGGED_IN)
    wandb_cli("login", "--verify", KEY)


@case(
    "agent-init/fatal/wandb-login-bad-key",
    "wandb login with a key of the wrong form",
    HOST,
    **NO_KEY,
)
def run():
    serve(NOT_LOGGED_IN)
    wandb_cli("login", "abc-123")


@case(
    "agent-init/fatal/wandb-init-401",
    "wandb.init() with a key that the server refuses",
    HOST,
    **ENV,
)
def run():
    serve(NOT_LOGGED_IN)
    train()


@case("agent-init/fatal/wandb-init-no-key", "wandb.init() without a key", HOST, **NO_KEY)
def run():
    serve(NOT_LOGGED_IN)
    train()


@case("agent-init/fatal/wandb-init-timeout", "wandb.init() while nobody listens", HOST, **ENV)
def run():
    train()


@case("agent-init/fatal/wandb-launch-agent-refused", "the agent while nobody listens", HOST, **ENV)
def run():
    wandb_cli("launch-agent", "-q", "vertex-queue", "-e", "demo")


@case(
    "agent-init/healthy/wandb-offline",
    "WANDB_MODE=offline: no server is wanted",
    HOST,
    WANDB_MODE="offline",
    **ENV,
)
def run():
    train()


@case(
    "agent-init/healthy/wandb-disabled", "WANDB_MODE=disabled", HOST, WANDB_MODE="disabled", **ENV
)
def run():
    train()


@case(
    "agent-init/healthy/wandb-init-handled",
    "W&B refuses the key, and the program says that it trains without tracking",
    HOST,
    **ENV,
)
def run():
    serve(NOT_LOGGED_IN)
    guarded = TRAIN.replace(
        "import wandb\n",
        "import wandb\ntry:\n    wandb.init(project='arr')\nexcept Exception as error:\n    print(f'W&B is not available ({error}), training goes on without tracking')\n    wandb.init(mode='disabled')\n",
        1,
    )
    env = os.environ | {"WANDB_BASE_URL": f"http://127.0.0.1:{port()}"}
    subprocess.run(
        [sys.executable, "-c", guarded.replace('project="arr", ', 'mode="disabled", ')],
        env=env,
        check=False,
        timeout=50,
    )


@case("agent-init/healthy/wandb-help", "the help of launch-agent", HOST, **NO_KEY)
def run():
    wandb_cli("launch-agent", "--help")


@case("agent-init/healthy/wandb-status", "wandb status prints the settings", HOST, **NO_KEY)
def run():
    wandb_cli("status")


main("wandb")
