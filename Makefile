# Deno's version is pinned in Dockerfile. On a machine without that very version npm has it.
DENO_VERSION := $(shell sed -n 's/^ARG DENO_VERSION=//p' Dockerfile)
DENO_ON_PATH := $(shell deno --version 2>/dev/null | sed -n 's/^deno \([^ ]*\).*/\1/p')
DENO ?= $(if $(filter $(DENO_VERSION),$(DENO_ON_PATH)),deno,npx --yes deno@$(DENO_VERSION))
# A proxy's own certificate is in the system's store, which Deno doesn't read by itself.
export DENO_TLS_CA_STORE ?= system,mozilla

IMAGE ?= bailout
# Folders count too: their time changes when a file goes. What really changed scripts/stamp.ts knows.
INPUTS := Dockerfile Makefile main.ts deno.json $(wildcard deno.lock) \
	$(shell find src types scripts -not -name '*_test.ts')

.PHONY: build wasm machine-code places tables release image image-test clean demo picture test gates fmt corpus fuzz soak bytes \
	peers bench

build: dist/bailout

dist/bailout: $(INPUTS)
	@$(DENO) task --quiet build

release:
	@$(DENO) run --allow-all scripts/release.ts

image:
	@if docker info >/dev/null 2>&1; then exec docker build --tag $(IMAGE) .; \
	elif command -v buildah >/dev/null; then exec buildah build --tag $(IMAGE) .; \
	else echo 'error: Cannot build an image without a running docker or buildah' >&2; exit 1; fi

image-test:
	@$(DENO) test --allow-all tests/image

# Builds the binary and runs its main job: a doomed agent is caught.
demo: build
	@sh examples/demo/run.sh

# Draws docs/bail-out.svg anew from what the demo prints.
picture: build
	@$(DENO) run --allow-all scripts/picture.ts

# Every test; SUITES="pure e2e" runs some of them.
test: build
	@$(DENO) run --allow-all scripts/run_tests.ts $(SUITES)

# Labelled logs through the engine: what `default` and `classic` catch, miss and kill wrongly.
corpus:
	@$(DENO) run --allow-read scripts/corpus.ts

# bailout beside tini and dumb-init, case by case: the table of docs/init.md.
peers: build
	@$(DENO) run --allow-all tests/peers/compare.ts

# What has to hold besides the tests.
gates:
	$(DENO) fmt --check
	$(DENO) lint
	$(DENO) check main.ts src scripts tests tools bench
	$(DENO) install --frozen --entrypoint main.ts

fmt:
	$(DENO) fmt

clean:
	rm -rf dist .cache

# The filter that lets dull lines pass, from its source in WebAssembly's text format.
wasm:
	@$(DENO) run --allow-all scripts/wasm.ts

# The same for processors with AVX-512, from its source in assembly language; needs GNU binutils.
machine-code:
	@$(DENO) run --allow-all scripts/machine_code.ts

# Where that filter looks for the built-in rules' patterns: after a change of their hints. Some minutes.
places:
	@$(DENO) run --allow-all scripts/places.ts
	@$(DENO) run --allow-all scripts/tables.ts

# What it looks up for them, by those places.
tables:
	@$(DENO) run --allow-all scripts/tables.ts

# The engine against a plain reference of it, on random input, for ten minutes from a new seed.
fuzz:
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-600} FUZZ_SEED=$${FUZZ_SEED:-$$(date +%s)} \
		$(DENO) test --allow-read --allow-env tests/fuzz

# Random agents with one right outcome each, for half an hour from a new seed.
soak: build
	@SOAK_SECONDS=$${SOAK_SECONDS:-1800} SOAK_SEED=$${SOAK_SEED:-$$(date +%s)} \
		$(DENO) test --allow-all tests/soak

# Ten gigabytes of random bytes on both streams, the same ones behind bailout.
bytes: build
	@BYTES_GB=$${BYTES_GB:-10} BYTES_SEED=$${BYTES_SEED:-$$(date +%s)} \
		$(DENO) test --allow-all tests/bytes

# bailout against what it replaces; BENCH="throughput check" measures some of it (bench/README.md).
bench: $(if $(BAILOUT),,build)
	@$(DENO) run --allow-all bench/run.ts $(BENCH)
