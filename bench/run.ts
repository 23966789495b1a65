// Measures bailout against what it replaces and prints the table of README.md:
//   deno run -A bench/run.ts [BENCHMARK...]
// README.md says what the numbers mean and which variables change the sizes.
import { run, say } from "../scripts/command.ts";
import { check } from "./check.ts";
import { idle } from "./idle.ts";
import { latency } from "./latency.ts";
import { Bench, type Benchmark } from "./lib/bench.ts";
import { describeMachine } from "./lib/machine.ts";
import { putReport, renderReport } from "./lib/report.ts";
import type { Row } from "./lib/row.ts";
import { BenchUsageError, changedSettings, readSettings } from "./lib/settings.ts";
import { Workspace } from "./lib/workspace.ts";
import { memory } from "./memory.ts";
import { startup } from "./startup.ts";
import { throughput } from "./throughput.ts";

const BENCHMARKS: Record<string, Benchmark> = {
  throughput,
  latency,
  idle,
  startup,
  memory,
  check,
};
const PAGE = new URL("README.md", import.meta.url);

/** @throws {BenchUsageError} for a name that is none. */
function select(names: readonly string[]): [string, Benchmark][] {
  const all = Object.keys(BENCHMARKS);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new BenchUsageError(
      `no benchmark ${JSON.stringify(unknown)}: use ${all.join(", ")}`,
    );
  }
  return Object.entries(BENCHMARKS).filter(([name]) => names.length === 0 || names.includes(name));
}

/** bailout takes its options from `BAILOUT_` variables too: the user's would change what is measured. */
function forgetOptions(): void {
  for (const name of Object.keys(Deno.env.toObject())) {
    if (name.startsWith("BAILOUT_")) Deno.env.delete(name);
  }
}

async function writePage(report: string): Promise<void> {
  await Deno.writeTextFile(PAGE, putReport(await Deno.readTextFile(PAGE), report));
  await run(Deno.execPath(), ["fmt", "--quiet", PAGE.pathname]);
}

async function main(): Promise<void> {
  const settings = readSettings(Deno.env.toObject());
  const selection = select(Deno.args);
  const writes = Deno.env.get("BENCH_WRITE") === "1";
  if (writes && selection.length < Object.keys(BENCHMARKS).length) {
    throw new BenchUsageError("BENCH_WRITE=1 needs all benchmarks: leave BENCH away");
  }
  forgetOptions();
  const machine = describeMachine();
  const workspace = new Workspace();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      workspace.close();
      Deno.exit(1);
    });
  }
  try {
    const bench = new Bench(settings, workspace, Deno.env.get("BAILOUT"));
    const rows: Row[] = [];
    for (const [name, benchmark] of selection) {
      const startedAt = performance.now();
      rows.push(...await benchmark(bench));
      say(`${name}: measured in ${Math.round((performance.now() - startedAt) / 1000)} s`);
    }
    const { skipped } = bench;
    const report = renderReport({ machine, changed: changedSettings(settings), rows, skipped });
    console.log(report);
    if (writes) await writePage(report);
  } finally {
    workspace.close();
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BenchUsageError)) throw error;
  say(`error: ${error.message}`);
  Deno.exit(2);
}
