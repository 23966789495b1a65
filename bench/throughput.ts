import { alternate } from "./lib/alternate.ts";
import type { Bench } from "./lib/bench.ts";
import { endedChildrenCpu, monotonic } from "./lib/libc.ts";
import { atLeast, atMost, type Row, type Target } from "./lib/row.ts";
import { median } from "./lib/statistics.ts";

interface Run {
  /** Until the last byte has passed. */
  readonly seconds: number;
  /** CPU seconds of all processes of the pipeline. */
  readonly cpu: number;
}

/** A pipeline for bash: `$1` is the program, `$2` the log to read, `$3` the log to write. */
const PIPELINES = {
  bailout: '"$1" -- cat "$2" | cat >/dev/null',
  wrapper: 'LOG_FILE="$3" AGENT_CMD="cat $2" bash "$1" | cat >/dev/null',
  tee: 'cat "$2" | tee "$3" | cat >/dev/null',
  cat: 'cat "$2" | cat >/dev/null',
};
type Contestant = keyof typeof PIPELINES;

const PEERS: Record<Exclude<Contestant, "bailout">, { name: string; targets: Target[] }> = {
  wrapper: {
    name: "bash wrapper",
    targets: [atLeast(1, "ratio"), atMost(1.5, "ratio")],
  },
  tee: { name: "cat → tee → cat", targets: [] },
  cat: { name: "cat → cat", targets: [atLeast(0.6, "ratio")] },
};

/** (a) How many bytes a second pass through, and (b) what a gigabyte costs in CPU time. */
export async function throughput(bench: Bench): Promise<Row[]> {
  const log = await bench.log();
  const gigabytes = Deno.statSync(log).size / 1e9;
  const contestant = (name: Contestant, program = "") => () =>
    measure(bench, name, [program, log, bench.workspace.memoryFile("tee.log")]);
  const { wrapper } = bench;
  const runs = await alternate({
    bailout: contestant("bailout", bench.bailout),
    ...(wrapper === undefined ? {} : { wrapper: contestant("wrapper", wrapper) }),
    tee: contestant("tee"),
    cat: contestant("cat"),
  }, bench.settings.BENCH_RUNS);

  const speed = (name: Contestant) =>
    gigabytes * 1000 / median(runs[name]!.map((run) => run.seconds));
  const cost = (name: Contestant) => median(runs[name]!.map((run) => run.cpu)) / gigabytes;
  const peers = (Object.keys(PEERS) as (keyof typeof PEERS)[]).filter((peer) => runs[peer]);
  const rows = (what: string, unit: Row["unit"], figure: typeof speed, target: 0 | 1): Row[] =>
    peers.map((peer) => ({
      what,
      unit,
      figure: figure("bailout"),
      peer: { name: PEERS[peer].name, figure: figure(peer) },
      target: PEERS[peer].targets[target],
    }));
  return [
    ...rows("(a) throughput", "MB/s", speed, 0),
    ...rows("(b) CPU time of the pipeline", "s/GB", cost, 1),
  ];
}

async function measure(bench: Bench, name: Contestant, args: [string, string, string]) {
  const [cpuBefore, startedAt, startedOn] = [endedChildrenCpu(), monotonic(), Date.now()];
  await bench.workspace.run("bash", [
    "-c",
    `set -o pipefail; ${PIPELINES[name]}`,
    "bench",
    ...args,
  ]);
  const run = { seconds: monotonic() - startedAt, cpu: endedChildrenCpu() - cpuBefore };
  const written = name === "cat" || name === "bailout" ? undefined : args[2];
  // The wrapper sleeps on after the last byte: what counts is when tee wrote it.
  const seconds = name === "wrapper" ? secondsUntilWritten(written!, startedOn) : run.seconds;
  if (written !== undefined) await Deno.remove(written);
  return { ...run, seconds };
}

/** `startedOn` in ms of the wall clock, as the file's time is. */
function secondsUntilWritten(path: string, startedOn: number): number {
  return (Deno.statSync(path).mtime!.getTime() - startedOn) / 1000;
}
