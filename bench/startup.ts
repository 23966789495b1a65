import { alternate } from "./lib/alternate.ts";
import type { Bench } from "./lib/bench.ts";
import { monotonic } from "./lib/libc.ts";
import { atMost, type Row } from "./lib/row.ts";
import { median } from "./lib/statistics.ts";

/** Prints when it began, on the clock that `monotonic()` reads too. */
const CHILD = [
  "perl",
  "-MTime::HiRes=clock_gettime,CLOCK_MONOTONIC",
  "-e",
  "print clock_gettime(CLOCK_MONOTONIC)",
];
/** A start is short, so there are more of them, for each of `BENCH_RUNS`. */
const STARTS_PER_RUN = 10;

/** (e) How much later a program begins than if it were started directly. */
export async function startup(bench: Bench): Promise<Row[]> {
  if (bench.program("perl") === undefined) return [];
  const peers = ["tini", "dumb-init"].filter((name) => bench.program(name) !== undefined);
  const contestants: Record<string, string[]> = {
    bare: [],
    bailout: [bench.bailout, "--"],
    // More commands than one, or bash would become the child.
    "bash -c": ["bash", "-c", '"$@"; exit $?', "bench"],
    ...Object.fromEntries(peers.map((name) => [name, [name, "--"]])),
  };
  const starts: Record<string, () => Promise<number>> = {};
  for (const [name, before] of Object.entries(contestants)) {
    starts[name] = () => secondsToStart(bench, [...before, ...CHILD]);
  }
  const seconds = await alternate(starts, Math.ceil(bench.settings.BENCH_RUNS * STARTS_PER_RUN));
  const overBare = (name: string) => (median(seconds[name]!) - median(seconds.bare!)) * 1000;
  return ["bash -c", ...peers].map((name, index) => ({
    what: "(e) start-up over a bare exec",
    unit: "ms",
    figure: overBare("bailout"),
    peer: { name, figure: overBare(name) },
    target: index === 0 ? atMost(60) : undefined,
  }));
}

async function secondsToStart(bench: Bench, command: string[]): Promise<number> {
  const [program, ...args] = command;
  const startedAt = monotonic();
  const { stdout } = await bench.workspace.start(program!, args, { stdout: "piped" }).output();
  return Number(new TextDecoder().decode(stdout)) - startedAt;
}
