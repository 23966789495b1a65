import { alternate } from "./lib/alternate.ts";
import type { Bench } from "./lib/bench.ts";
import { monotonic } from "./lib/libc.ts";
import { atLeast, type Row } from "./lib/row.ts";
import { median } from "./lib/statistics.ts";
import { CLASSIC_RULES } from "../src/core/rules/classic.ts";

/** All patterns of `classic` as one extended regular expression for grep. */
const CLASSIC_PATTERN = CLASSIC_RULES.map(({ matcher }) => {
  if (matcher.kind === "pattern") return matcher.pattern;
  if (matcher.kind === "sequence") return matcher.first;
  throw new TypeError(`Classic rule must be a pattern for grep: ${matcher.kind}`);
}).join("|");

/** (g) How fast a saved log is read by `bailout check`, and by grep with the wrapper's patterns. */
export async function check(bench: Bench): Promise<Row[]> {
  const log = await bench.log();
  const megabytes = Deno.statSync(log).size / 1e6;
  const timed = async (program: string, args: string[], accepted: number[]) => {
    const startedAt = monotonic();
    await bench.workspace.run(program, args, accepted);
    return monotonic() - startedAt;
  };
  const seconds = await alternate({
    bailout: () => timed(bench.bailout, ["check", log], []),
    // In the C locale grep is at its fastest. Exit code 1: no line matches, and none should.
    grep: () => timed("env", ["LC_ALL=C", "grep", "-cE", CLASSIC_PATTERN, log], [1]),
  }, bench.settings.BENCH_RUNS);
  return [{
    what: "(g) `bailout check`",
    unit: "MB/s",
    figure: megabytes / median(seconds.bailout!),
    peer: { name: "grep -cE", figure: megabytes / median(seconds.grep!) },
    target: atLeast(300),
  }];
}
