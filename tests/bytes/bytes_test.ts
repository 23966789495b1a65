// Random bytes on both streams at once are the same ones behind bailout, while it ticks, matches and
// forwards signals. BYTES_GB says how many in total (1), half of them on each stream.
import { assert, assertEquals } from "@std/assert";
import { BINARY, e2e, fixture, type Running, type Stage } from "../helpers/bailout.ts";
import { inTempDir } from "../helpers/temp_dir.ts";
import { waitFor } from "../helpers/wait_for.ts";

const TOTAL = Number(Deno.env.get("BYTES_GB") ?? 1) * 1e9;
const SEED = Number(Deno.env.get("BYTES_SEED") ?? 1);
/** A tenth of the speed that is usual, bytes per ms. */
const SLOWEST = 2000;
const LIMIT_MS = 60_000 + TOTAL / SLOWEST;

/** The hash of what comes out of a FIFO, or of the generator. */
function hashOf(stage: Stage, source: string, ...args: string[]): Running {
  return stage.start("sh", ["-c", `${source} | b2sum`, ...args]);
}

async function hash(run: Running): Promise<string> {
  const { stdout } = await run.outcome();
  assert(/^[0-9a-f]{128} /.test(stdout), `no hash: ${stdout}`);
  return stdout.slice(0, 128);
}

/** Sends one signal after the other until the run has ended; how many there were. */
async function pester(run: Running): Promise<number> {
  const signals = ["SIGUSR1", "SIGWINCH", "SIGCONT"] as const;
  let sent = 0;
  let ended = false;
  run.exited().then(() => ended = true);
  await waitFor("the last byte", () => {
    if (ended) return true;
    try {
      run.kill(signals[sent++ % signals.length]!);
    } catch {
      // It has ended since.
    }
  }, LIMIT_MS);
  return sent;
}

e2e(`${TOTAL / 1e9} GB of random bytes, seed ${SEED}: the same on the far side`, async (stage) => {
  await inTempDir(async (dir) => {
    const bytes = String(Math.round(TOTAL / 2));
    const script = fixture("random_bytes.pl");
    const wanted = await Promise.all(
      [SEED, SEED + 1].map((seed) =>
        hash(hashOf(stage, 'perl "$0" "$1" "$2"', script, String(seed), bytes))
      ),
    );
    const fifos = [`${dir}/out`, `${dir}/err`];
    await new Deno.Command("mkfifo", { args: fifos }).output();
    const readers = fifos.map((fifo) => hashOf(stage, 'cat "$0"', fifo));
    const agent = ["perl", script, String(SEED), bytes, dir];
    // A dry run: what three random letters happen to spell must not end it.
    const options = ["--quiet", "--dry-run", "--interval=50ms"];
    const redirect = 'dir=$0; exec "$@" >"$dir/out" 2>"$dir/err"';
    const run = stage.start("sh", ["-c", redirect, dir, BINARY, ...options, "--", ...agent]);
    await waitFor("the agent", () => Deno.stat(`${dir}/ready`).then(() => true, () => false));
    const sent = await pester(run);
    assertEquals((await run.outcome()).code, 0);
    assertEquals(await Promise.all(readers.map(hash)), wanted);
    // The signals did reach the writers, in the middle of their writing.
    for (const stream of ["stdout", "stderr"]) {
      const received = Number(await Deno.readTextFile(`${dir}/${stream}`));
      assert(received > sent / 3 / 10, `${stream}: ${received} of ${sent} signals`);
    }
  });
});
