// Something is wrong with where bailout writes to. Also in streams_test.ts: a reader of stdout that
// goes away, one that stalls, streams that are closed at start.
import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { BINARY, e2e, type Outcome, type Stage } from "../helpers/bailout.ts";
import { MARK } from "../helpers/processes.ts";
import { ownMemory } from "../helpers/memory.ts";
import { inTempDir } from "../helpers/temp_dir.ts";
import { waitFor } from "../helpers/wait_for.ts";

const MIB = 1024 * 1024;
/** Prints to both streams, meets a fatal error and lives on. */
const DOOMED = "echo out; echo err >&2; sleep 0.1; echo NotFound: 404; exec sleep 300";

/** bailout from a shell that redirects its streams. */
function redirected(
  stage: Stage,
  redirection: string,
  agent: string,
  options = "",
): Promise<Outcome> {
  const script = `exec "$0" --interval=0 ${options} -- sh -c "$1" ${redirection}`;
  return stage.start("sh", ["-c", script, BINARY, agent]).outcome();
}

for (
  const [redirection, stdout, told] of [
    [">&-", "", true],
    ["2>&-", "out\nNotFound: 404\n", false],
    [">&- 2>&-", "", false],
    [">&- 2>&- <&-", "", false],
  ] as const
) {
  e2e(`started with ${redirection} a fatal error still ends the run`, async (stage) => {
    const outcome = await redirected(stage, redirection, DOOMED);
    assertEquals([outcome.code, outcome.stdout], [1, stdout]);
    assertEquals(outcome.stderr.includes("FATAL ERROR DETECTED"), told);
  });
}

e2e("closed streams don't become the log file's descriptor", async (stage) => {
  await inTempDir(async (dir) => {
    const log = `${dir}/log`;
    const agent = "echo out; sleep 0.1; echo err >&2; exit 7";
    const { code } = await redirected(stage, ">&- 2>&- <&-", agent, `--log-file=${log}`);
    assertEquals(code, 7);
    // Neither bailout's own messages nor anything twice.
    assertEquals(await Deno.readTextFile(log), "out\nerr\n");
  });
});

e2e("a stdout on a full device is one warning, and supervision goes on", async (stage) => {
  const agent = `seq 1 20000; ${DOOMED}`;
  const { code, stderr } = await redirected(stage, ">/dev/full", agent);
  assertEquals(code, 1);
  const warnings = stderr.match(/^bailout: warning: .*$/gm);
  assertEquals(warnings?.length, 1);
  assertStringIncludes(warnings![0]!, "stdout: No space left on device");
  assertStringIncludes(stderr, "FATAL ERROR DETECTED: Resource not found (404)!");
});

e2e("a stderr on a full device costs the messages and nothing else", async (stage) => {
  const outcome = await redirected(stage, "2>/dev/full", DOOMED);
  assertEquals([outcome.code, outcome.stdout], [1, "out\nNotFound: 404\n"]);
});

e2e("when stderr's reader goes away the run and its supervision go on", async (stage) => {
  const script = '"$0" --interval=0 -- sh -c "$1" 2> >(head -c 1 >/dev/null); echo "code $?"';
  const agent = `seq 1 50000 >&2; ${DOOMED}`;
  const { stdout } = await stage.start("bash", ["-c", script, BINARY, agent]).outcome();
  assertEquals(stdout, "out\nNotFound: 404\ncode 1\n");
});

e2e("when nobody reads either stream any more the child's exit code counts", async (stage) => {
  const script = '"$0" -- sh -c "$1" 2>&1 | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}';
  const agent = "seq 1 100000; seq 1 100000 >&2; exit 9";
  assertEquals((await stage.start("bash", ["-c", script, BINARY, agent]).outcome()).code, 9);
});

e2e("a flood into a pipe that nobody reads takes no memory, and SIGTERM works", async (stage) => {
  const child = new Deno.Command(BINARY, {
    args: ["--quiet", "--interval=100ms", "--", "sh", "-c", "yes >&2 & exec yes"],
    env: { [MARK]: stage.mark },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const sizes: number[] = [];
  const from = performance.now();
  await waitFor("two seconds of a stalled flood", () => {
    sizes.push(ownMemory(child.pid));
    return performance.now() - from > 2000;
  });
  assertFlat(sizes);
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 143);
  await Promise.all([child.stdout.cancel(), child.stderr.cancel()]);
});

for (const [what, byte] of [["text", "x"], ["NUL bytes", ""]] as const) {
  e2e(`one line of a gigabyte of ${what} passes whole, and memory stays flat`, async (stage) => {
    const filler = byte === "" ? "" : `| tr '\\0' ${byte}`;
    const agent = `head -c 1000000000 /dev/zero ${filler}; echo; echo NotFound: 404; sleep 300`;
    const script = 'exec "$0" --interval=0 -- sh -c "$1" | wc -c';
    const run = stage.start("bash", ["-c", script, BINARY, agent]);
    const sizes: number[] = [];
    const watched = waitFor("the end of the run", () => {
      const pid = bailoutBelow(run.pid);
      if (pid !== undefined) sizes.push(ownMemory(pid));
      return run.stdout.endsWith("\n");
    }, 60_000);
    const [{ stdout, stderr }] = await Promise.all([run.outcome(), watched]);
    assertEquals(stdout, "1000000015\n");
    assertStringIncludes(stderr, "✗ sh stopped by rule not-found");
    assertFlat(sizes);
  });
}

/** What V8 takes by itself is about 20 MiB; the rest is garbage that it hasn't collected yet. */
function assertFlat(sizes: readonly number[]): void {
  assert(sizes.some((size) => size > MIB), "nothing was measured");
  assertLess(Math.max(...sizes), 96 * MIB);
}

/** The bailout that a shell runs as its child. */
function bailoutBelow(shell: number): number | undefined {
  try {
    const children = Deno.readTextFileSync(`/proc/${shell}/task/${shell}/children`);
    return children.trim().split(" ").map(Number).find((pid) =>
      Deno.readTextFileSync(`/proc/${pid}/cmdline`).startsWith(BINARY)
    );
  } catch {
    return undefined;
  }
}
