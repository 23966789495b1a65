import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type ContainerEnd, startContainer } from "./container.ts";
import { buildImage, type BuiltImage, whyNoImage } from "./image.ts";
import { filesIn } from "./rootfs.ts";

const ERROR = "InvalidArgument: 400 Machine type 'n2-standard-4' is not supported for GPU";

const reason = await whyNoImage();
let image: BuiltImage;

if (reason === undefined) {
  Deno.test.beforeAll(async () => {
    image = await buildImage();
  });
  Deno.test.afterAll(async () => await image?.[Symbol.asyncDispose]());
}

function imageTest(name: string, fn: () => Promise<void>): void {
  const title = `image ${name}`;
  if (reason === undefined) return Deno.test(title, fn);
  Deno.test({ name: `${title} (skipped: ${reason})`, ignore: true, fn });
}

/** Runs `script` under the ENTRYPOINT to its end; `act` happens as soon as it prints `ready`. */
async function runScript(
  options: string[],
  script: string,
  signal?: Deno.Signal,
): Promise<ContainerEnd> {
  await using container = await startContainer(image, [...options, "--", "sh", "-c", script]);
  if (signal !== undefined) {
    await container.prints("ready");
    container.kill(signal);
  }
  const end = await container.end();
  assertEquals(end.survivors, [], "processes outlived the container");
  return end;
}

imageTest("holds the binary and nothing else besides its base", async () => {
  const base = new Set(await filesIn(image.baseRootfs));
  const added = (await filesIn(image.rootfs)).filter((file) => !base.has(file));
  assertEquals(added, ["/usr/local/bin/bailout"]);
  assertEquals(image.config.Entrypoint, ["/usr/local/bin/bailout"]);
});

imageTest("runs as a user that Kubernetes can tell from root", () => {
  assertEquals(image.config.User, "65532:65532");
  return Promise.resolve();
});

imageTest("bails out: the report, the child told to stop, exit code 1", async () => {
  const script = `trap 'echo told to stop; exit 0' TERM; echo "${ERROR}"; sleep 60 & wait`;
  const end = await runScript(["--interval", "100ms"], script);
  assertEquals(end.code, 1, end.stderr);
  assertStringIncludes(end.stderr, "FATAL ERROR DETECTED: Machine type not supported!");
  assertStringIncludes(end.stderr, ERROR);
  assertStringIncludes(end.stdout, "told to stop");
});

for (const code of [0, 7]) {
  imageTest(`passes on the child's exit code ${code}`, async () => {
    const end = await runScript([], `echo out; echo err >&2; exit ${code}`);
    assertEquals(end.code, code, end.stderr);
    assertEquals(end.stdout, "out\n");
    assertStringIncludes(end.stderr, "err\n");
  });
}

imageTest("forwards SIGTERM to the child and exits with its code", async () => {
  const end = await runScript([], "trap 'exit 3' TERM; echo ready; sleep 60 & wait", "SIGTERM");
  assertEquals(end.code, 3, end.stderr);
});

imageTest("exits with 143 when SIGTERM ends the child", async () => {
  const end = await runScript([], "echo ready; exec sleep 60", "SIGTERM");
  assertEquals(end.code, 143, end.stderr);
});

imageTest("kills a child that ignores SIGTERM once the grace is over", async () => {
  const startedAt = Date.now();
  const script = "trap '' TERM; echo ready; while :; do sleep 1; done";
  const end = await runScript(["--grace", "300ms"], script, "SIGTERM");
  assertEquals(end.code, 137, end.stderr);
  assert(Date.now() - startedAt < 8_000, "the default grace was waited for");
});

imageTest("reaps an orphan that PID 1 adopts", async () => {
  // The inner shell ends at once, so what it started loses its parent; that ends when told to.
  const script = `
    orphan=$(sh -c '{ until [ -e /tmp/end ]; do sleep 0.05; done; } >/dev/null 2>&1 & echo $!')
    grep '^PPid:' /proc/$orphan/status
    touch /tmp/end
    tries=0
    while [ -e /proc/$orphan ] && [ $tries -lt 100 ]; do tries=$((tries + 1)); sleep 0.05; done
    [ ! -e /proc/$orphan ] || grep '^State:' /proc/$orphan/status`;
  const end = await runScript([], script);
  assertEquals(end.stdout, "PPid:\t1\n");
  assertEquals(end.code, 0, end.stderr);
});

imageTest("reaps hundreds of orphans, and the child's code isn't lost among them", async () => {
  const script = `
    i=0
    while [ $i -lt 300 ]; do (sh -c 'exit 3' &); i=$((i + 1)); done
    tries=0
    while grep -l '^State:.Z' /proc/[0-9]*/status >/tmp/zombies 2>/dev/null && [ $tries -lt 20 ]; do
      tries=$((tries + 1)); sleep 0.05
    done
    cat /tmp/zombies
    exit 19`;
  const end = await runScript([], script);
  assertEquals([end.code, end.stdout], [19, ""], end.stderr);
});

imageTest("starts the child with the default action for every signal", async () => {
  const { stdout } = await runScript([], "exec cat /proc/self/status");
  const masks = [...stdout.matchAll(/^Sig(?:Blk|Ign|Cgt):\t(\w+)$/gm)].map(([, mask]) => mask);
  // Signal 32 is glibc's own; this test's runtime leaves it ignored.
  assertEquals(masks.map((mask) => BigInt(`0x${mask}`) & 0x7fffffffn), [0n, 0n, 0n]);
});

imageTest("runs as its user, as PID 1's child, on a read-only root", async () => {
  const script =
    `grep -E '^(Uid|Gid|PPid):' /proc/$$/status; touch /file 2>/dev/null || echo fixed`;
  const end = await runScript([], script);
  assertEquals(
    end.stdout,
    "PPid:\t1\nUid:\t65532\t65532\t65532\t65532\nGid:\t65532\t65532\t65532\t65532\nfixed\n",
  );
});
