// Children that print as fast as they can, which goes from pipe to pipe by tee(2) where it can.
import { assert, assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { toText } from "@std/streams";
import { BINARY, e2e, type Stage } from "../helpers/bailout.ts";
import { MARK } from "../helpers/processes.ts";
import { inTempDir } from "../helpers/temp_dir.ts";
import { waitFor } from "../helpers/wait_for.ts";

const NOISE_BYTES = 40_000_003;

/** bailout with both outputs as pipes, which the test reads. */
function flood(stage: Stage, args: string[]): Deno.ChildProcess {
  return new Deno.Command(BINARY, {
    args,
    env: { [MARK]: stage.mark, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** Runs `body` with a file of noise, its hash and a folder for more. */
async function withNoise(
  body: (file: string, hash: string, dir: string) => Promise<void>,
): Promise<void> {
  await inTempDir(async (dir) => {
    const noise = new Uint8Array(NOISE_BYTES);
    for (let at = 0; at < noise.length; at += 65536) {
      crypto.getRandomValues(noise.subarray(at, at + 65536));
    }
    await Deno.writeFile(`${dir}/noise`, noise);
    await body(`${dir}/noise`, await sha256(noise), dir);
  });
}

/** Bytes that a process has read and written itself, proc_pid_io(5); tee(2) is neither. */
function io(pid: number): { read: number; written: number } {
  const text = Deno.readTextFileSync(`/proc/${pid}/io`);
  const field = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, "m").exec(text)![1]);
  return { read: field("rchar"), written: field("wchar") };
}

/** CPU time that a process has used, in ticks of 10 ms, proc_pid_stat(5). */
function ticks(pid: number): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

async function count(stream: ReadableStream<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.length;
  return bytes;
}

e2e("a flood isn't copied: bailout itself writes a small part of it", async (stage) => {
  const bytes = 300_000_000;
  const script = `head -c ${bytes} /dev/zero; echo done >&2; exec sleep 99`;
  const child = flood(stage, ["--quiet", "--", "sh", "-c", script]);
  const counted = count(child.stdout);
  const stderr = toText(child.stderr);
  await waitFor("all bytes to be read", () => io(child.pid).read > bytes);
  // A busy machine reads more slowly, and then some of it is; all of it without tee(2).
  assertLess(io(child.pid).written, bytes * 0.8);
  child.kill("SIGTERM");
  assertEquals([await counted, (await child.status).code], [bytes, 143]);
  assertMatch(await stderr, /^done\n/);
});

e2e("floods on both streams are exact, with signals and ticks in between", async (stage) => {
  await withNoise(async (file, hash) => {
    const script = 'cat "$0" & cat "$0" >&2 & wait';
    const options = ["--quiet", "--profile=none", "--interval=50ms"];
    const child = flood(stage, [...options, "--", "sh", "-c", script, file]);
    const ended = child.output();
    let [over, sent] = [false, 0];
    // Not when the output has ended: that is later, and then there is nobody to send a signal to.
    child.status.then(() => over = true);
    await waitFor("the end", () => {
      if (over) return true;
      try {
        child.kill("SIGWINCH");
        sent++;
      } catch {
        // It has ended since.
      }
    });
    assert(sent > 0);
    const { code, stdout, stderr } = await ended;
    assertEquals([code, await sha256(stdout), await sha256(stderr)], [0, hash, hash]);
  });
});

e2e("a slow reader of a flood gets all of it", async (stage) => {
  await withNoise(async (file, hash) => {
    const child = flood(stage, ["--quiet", "--profile=none", "--", "cat", file]);
    const all = new Uint8Array(NOISE_BYTES + 1);
    const reader = child.stdout.getReader({ mode: "byob" });
    let length = 0;
    for (;;) {
      const { value, done } = await reader.read(new Uint8Array(40_999));
      if (done) break;
      all.set(value, length);
      length += value.length;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await child.stderr.cancel();
    assertEquals([(await child.status).code, length], [0, NOISE_BYTES]);
    assertEquals(await sha256(all.subarray(0, length)), hash);
  });
});

e2e("a flood whose reader stalls costs no CPU time until it reads on", async (stage) => {
  const child = flood(stage, ["--quiet", "--", "sh", "-c", "head -c 50000000 /dev/zero"]);
  const reader = child.stdout.getReader();
  let bytes = (await reader.read()).value!.length;
  let before = -1;
  await waitFor("half a second without work", async () => {
    before = ticks(child.pid);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return ticks(child.pid) - before <= 1;
  });
  reader.releaseLock();
  bytes += await count(child.stdout);
  await child.stderr.cancel();
  assertEquals([bytes, (await child.status).code], [50_000_000, 0]);
});

e2e("a signal ends an endless flood, whose reader keeps up", async (stage) => {
  const child = flood(stage, ["--", "yes"]);
  const counted = count(child.stdout);
  const stderr = toText(child.stderr);
  await waitFor("a flood", () => io(child.pid).read > 50_000_000);
  const before = performance.now();
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 143);
  assertLess(performance.now() - before, 3000);
  assert(await counted > 50_000_000);
  assertStringIncludes(await stderr, "SIGTERM received");
});

e2e("when a flood's reader goes away the supervision goes on, with one warning", async (stage) => {
  const script = "yes | head -c 200000000; echo NotFound: 404; exec sleep 99";
  const child = flood(stage, ["--interval=0", "--", "sh", "-c", script]);
  const stderr = toText(child.stderr);
  const reader = child.stdout.getReader();
  for (let bytes = 0; bytes < 50_000_000;) bytes += (await reader.read()).value!.length;
  await reader.cancel();
  assertEquals((await child.status).code, 1);
  const text = await stderr;
  assertEquals(text.match(/bailout: warning: stdout: /g)?.length, 1);
  assertStringIncludes(text, "FATAL ERROR DETECTED: Resource not found (404)!");
});

e2e("two floods into one pipe lose nothing", async (stage) => {
  const script = "head -c 50000000 /dev/zero & head -c 30000000 /dev/zero | tr '\\0' x >&2 & wait";
  const run = 'exec "$0" --quiet -- sh -c "$1" 2>&1 | tr -d "\\0" | wc -c';
  const both = 'exec "$0" --quiet -- sh -c "$1" 2>&1 | wc -c';
  for (const [command, bytes] of [[run, 30_000_000], [both, 80_000_000]] as const) {
    const { stdout } = await stage.start("sh", ["-c", command, BINARY, script]).outcome();
    assertEquals(Number(stdout), bytes);
  }
});

e2e("a flood into files and into a log file is exact", async (stage) => {
  await withNoise(async (file, hash, dir) => {
    const command = 'out=$1; shift; exec "$0" --quiet --profile=none "$@" > "$out"';
    const read = async (name: string) => await sha256(await Deno.readFile(`${dir}/${name}`));
    await stage.start("sh", ["-c", command, BINARY, `${dir}/out`, "cat", file]).outcome();
    assertEquals(await read("out"), hash);
    const options = ["--quiet", "--profile=none", `--log-file=${dir}/log`];
    const child = flood(stage, [...options, "--log-max-size=1GiB", "cat", file]);
    const { stdout } = await child.output();
    assertEquals([await sha256(stdout), await read("log")], [hash, hash]);
  });
});

e2e("an error in the midst of a flood is found, with the lines before it", async (stage) => {
  const script = "seq 1 5000000; echo NotFound: 404; seq 5000001 9000000; exec sleep 99";
  const child = flood(stage, ["--interval=1s", "--", "sh", "-c", script]);
  const stdout = toText(child.stdout);
  const text = await toText(child.stderr);
  assertEquals((await child.status).code, 1);
  assertStringIncludes(text, "\n4999998\n4999999\n5000000\nNotFound: 404\n━");
  const wanted = Array.from({ length: 5_000_000 }, (_, i) => `${i + 1}\n`).join("");
  assert((await stdout).startsWith(`${wanted}NotFound: 404\n5000001\n`));
});
