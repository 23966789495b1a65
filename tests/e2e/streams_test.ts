import { assert, assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { toText } from "@std/streams";
import { BINARY, e2e } from "../helpers/bailout.ts";
import { MARK, marked } from "../helpers/processes.ts";
import { inTempDir } from "../helpers/temp_dir.ts";
import { waitFor } from "../helpers/wait_for.ts";

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(digest).toHex();
}

function noise(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 65536) {
    crypto.getRandomValues(bytes.subarray(i, Math.min(i + 65536, length)));
  }
  return bytes;
}

e2e(
  "both streams pass byte for byte and apart, binary and without a last line end",
  async (stage) => {
    const file = await Deno.makeTempFile();
    const bytes = noise(20_000_003);
    try {
      await Deno.writeFile(file, bytes);
      const child = new Deno.Command(BINARY, {
        args: ["--quiet", "--profile=none", "--", "sh", "-c", 'cat "$0"; cat "$0" >&2', file],
        env: { [MARK]: stage.mark },
        stdin: "null",
      });
      const { code, stdout, stderr } = await child.output();
      assertEquals(code, 0);
      assertEquals(await sha256(stdout), await sha256(bytes));
      assertEquals(await sha256(stderr), await sha256(bytes));
    } finally {
      await Deno.remove(file);
    }
  },
);

e2e("stdin passes to the child", async (stage) => {
  const bytes = noise(3_000_000);
  const { stdout, code } = await stage.run(["--quiet", "--", "sha256sum"], { stdin: bytes });
  assertEquals(code, 0);
  assertEquals(stdout, `${await sha256(bytes)}  -\n`);
});

e2e("one line of 50 MB passes and is no trouble", async (stage) => {
  const script = "head -c 50000000 /dev/zero | tr '\\0' x; exit 3";
  const child = new Deno.Command(BINARY, {
    args: ["--quiet", "--", "sh", "-c", script],
    env: { [MARK]: stage.mark },
    stdin: "null",
  });
  const { code, stdout } = await child.output();
  assertEquals([code, stdout.length], [3, 50_000_000]);
});

e2e(
  "when stdout's reader goes away the run and its supervision go on, with one warning",
  async (stage) => {
    const script =
      `${BINARY} --interval=0 -- sh -c 'yes | head -c 5000000; echo NotFound: 404; sleep 99' | head -c 10`;
    const { stdout, stderr } = await stage.start("bash", [
      "-c",
      `${script}; exit \${PIPESTATUS[0]}`,
    ]).outcome();
    assertEquals(stdout, "y\ny\ny\ny\ny\n");
    assertEquals(stderr.match(/bailout: warning: stdout: /g)?.length, 1);
    assertStringIncludes(stderr, "FATAL ERROR DETECTED: Resource not found (404)!");
    assertMatch(stderr, /\(exit code: 1\)\n$/);
  },
);

e2e(
  "who reads stdout sees its end when the child closes it, however long it lives on",
  async (stage) => {
    await inTempDir(async (dir) => {
      const child = 'echo out; exec >&-; until [ -e "$0" ]; do sleep 0.05; done; exit 4';
      const pipeline = `${BINARY} --quiet -- sh -c '${child}' ${dir}/go | { cat; echo end; }`;
      const run = stage.start("bash", ["-o", "pipefail", "-c", pipeline]);
      await run.saw("out\nend\n");
      await Deno.writeTextFile(`${dir}/go`, "");
      assertEquals((await run.outcome()).code, 4);
    });
  },
);

e2e("closed output streams at start are no trouble", async (stage) => {
  for (const closed of [">&-", "2>&-", ">&- 2>&-", "<&-"]) {
    const run = stage.start("sh", [
      "-c",
      `exec ${BINARY} -- sh -c 'echo out; echo err >&2; exit 8' ${closed}`,
    ]);
    assertEquals((await run.outcome()).code, 8, closed);
  }
});

/** bailout whose stdout nobody reads until `read` is called. */
function stalled(mark: string, args: string[]) {
  const child = new Deno.Command(BINARY, {
    args,
    env: { [MARK]: mark },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return { child, stderr: toText(child.stderr) };
}

e2e("a stalled reader slows the child, but not signals", async (stage) => {
  const { child, stderr } = stalled(stage.mark, ["--", "sh", "-c", "yes & echo $! >&2; wait"]);
  await waitFor("the child to be blocked", () => childIsBlocked(stage.mark));
  const before = performance.now();
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 143);
  assertLess(performance.now() - before, 5000);
  await child.stdout.cancel();
  assertStringIncludes(await stderr, "SIGTERM received");
});

e2e("a stalled reader doesn't keep a fatal error from being acted on", async (stage) => {
  const script = "yes & sleep 0.5; echo NotFound: 404 >&2; wait";
  const { child, stderr } = stalled(stage.mark, ["--interval=200ms", "--", "sh", "-c", script]);
  assertEquals((await child.status).code, 1);
  await child.stdout.cancel();
  assertStringIncludes(await stderr, "FATAL ERROR DETECTED: Resource not found (404)!");
});

/** More than one pipe holds, less than the two around bailout do: bytes wait, but no writer does. */
const ENOUGH = 100_000;

/** A child that has ended although nobody reads: the rest of its output waits in bailout. */
async function endedButUnread(mark: string) {
  const ended = await Deno.makeTempFile();
  const script = `head -c ${ENOUGH} /dev/zero; echo ended > "$0"`;
  const { child } = stalled(mark, ["--quiet", "--", "sh", "-c", script, ended]);
  await waitFor("the child's end", () => Deno.readTextFileSync(ended) !== "");
  await waitFor("nothing but bailout", () => marked(mark).length === 1);
  await Deno.remove(ended);
  return child;
}

e2e("a slow reader gets every byte of a child that has long ended", async (stage) => {
  const child = await endedButUnread(stage.mark);
  // Longer than the drain's bound, which is for pipes that others hold open.
  const before = performance.now();
  await waitFor("two seconds", () => performance.now() - before > 2000);
  let length = 0;
  for await (const chunk of child.stdout) length += chunk.length;
  assertEquals([length, (await child.status).code], [ENOUGH, 0]);
});

e2e("a signal ends the wait for a reader that never reads", async (stage) => {
  const child = await endedButUnread(stage.mark);
  const before = performance.now();
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 0);
  assertLess(performance.now() - before, 5000);
  await child.stdout.cancel();
});

e2e("someone outside of the tree who holds the pipe can't hold bailout", async (stage) => {
  const fifo = `${await Deno.makeTempDir()}/fifo`;
  await new Deno.Command("mkfifo", { args: [fifo] }).output();
  // The holder opens the child's stdout through /proc, as no child of ours.
  const run = stage.bailout(["--", "sh", "-c", `echo $$; read x < ${fifo}; exit 7`]);
  await waitFor("the child's pid", () => run.stdout.includes("\n"));
  const holder = stage.start("sh", [
    "-c",
    `exec 9> /proc/${run.stdout.trim()}/fd/1; echo held; exec sleep 300`,
  ]);
  await holder.saw("held");
  await Deno.writeTextFile(fifo, "go\n");
  const { code, ms } = await run.outcome();
  assertEquals(code, 7);
  assertLess(ms, 10_000);
  holder.kill("SIGKILL");
  await holder.outcome();
});

e2e("a child that closes its output and lives on is waited for", async (stage) => {
  const { code, ms } = await stage.run(["--", "sh", "-c", "exec >&- 2>&-; sleep 0.4; exit 13"]);
  assertEquals(code, 13);
  assert(ms >= 400);
});

e2e("an unfinished last line still counts", async (stage) => {
  const { code, stderr } = await stage.run(["--", "sh", "-c", "printf 'NotFound: 404'; exit 3"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "stopped by rule not-found");
});

e2e("the environment passes, to the last byte, without BAILOUT_*", async (stage) => {
  const script = `FOO=$'\\xff\\xfe' LD_LIBRARY_PATH=/tmp BAILOUT_QUIET=1 exec ${BINARY} -- env -0`;
  const child = new Deno.Command("bash", { args: ["-c", script], env: { [MARK]: stage.mark } });
  const { stdout } = await child.output();
  const variables = new TextDecoder("latin1").decode(stdout).split("\0");
  assert(variables.includes("FOO=\u00ff\u00fe".replace(/[\u00ff\u00fe]/g, (c) => c)));
  assert(variables.includes("LD_LIBRARY_PATH=/tmp"));
  assert(variables.includes("PYTHONUNBUFFERED=1"));
  assertEquals(variables.filter((v) => v.startsWith("BAILOUT_")), []);
  const kept = await stage.run(["--quiet", "sh", "-c", "echo $PYTHONUNBUFFERED"], {
    env: { PYTHONUNBUFFERED: "0" },
  });
  assertEquals(kept.stdout, "0\n");
});

e2e(
  "the child's pipes are wide, and those that bailout was given stay as they are",
  async (stage) => {
    const F_GETPIPE_SZ = 1032;
    const size = `fcntl(STDOUT, ${F_GETPIPE_SZ}, 0), " ", fcntl(STDERR, ${F_GETPIPE_SZ}, 0), " "`;
    const given = `open(IN, "<&=", 9) or die; print fcntl(IN, ${F_GETPIPE_SZ}, 0)`;
    // The child can be faster than bailout.
    const wide = `fcntl(STDERR, ${F_GETPIPE_SZ}, 0) > 65536 or select undef, undef, undef, 0.01`;
    const perl = ["perl", "-e", `${wide} for 1..500; print ${size}; ${given}`];
    const script = 'exec 9< <(sleep 1000); ours=$!; "$@"; kill $ours; wait $ours 2>/dev/null';
    const args = ["-c", script, "bash", BINARY, "--quiet", "--", ...perl];
    const { stdout } = await stage.start("bash", args).outcome();
    assertEquals(stdout, "1048576 1048576 65536");
  },
);

/** Whether every process of the test sleeps: the writers wait for room in their pipes. */
function childIsBlocked(mark: string): boolean {
  const names: string[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    try {
      if (!Deno.readTextFileSync(`/proc/${name}/environ`).includes(mark)) continue;
      if (!Deno.readTextFileSync(`/proc/${name}/cmdline`).startsWith("yes")) continue;
      names.push(Deno.readTextFileSync(`/proc/${name}/wchan`));
    } catch {
      // Gone, or none of ours.
    }
  }
  return names.length === 1 && /pipe/.test(names[0]!);
}
