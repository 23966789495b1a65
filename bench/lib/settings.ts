/** How much is measured. The defaults are those of the table; less is for trying the benchmark out. */
export interface Settings {
  /** Size of the log of `throughput`, `memory` and `check`, MB. */
  readonly BENCH_MB: number;
  /** Runs of each contestant whose median counts; `startup` takes ten times as many. */
  readonly BENCH_RUNS: number;
  /** Agents whose detection is timed, for each of the ways to run them. */
  readonly BENCH_SAMPLES: number;
  readonly BENCH_IDLE_SECONDS: number;
  /** What `yes` prints in `memory`, GB. */
  readonly BENCH_YES_GB: number;
  /** Length of the one line in `memory`, MB. */
  readonly BENCH_LINE_MB: number;
  /** How much is printed in `memory` of lines that are all read, MB. */
  readonly BENCH_READ_MB: number;
  /** After so long a case of `memory` is read as it is. */
  readonly BENCH_MEMORY_SECONDS: number;
}

export const DEFAULTS: Settings = {
  BENCH_MB: 600,
  BENCH_RUNS: 9,
  BENCH_SAMPLES: 200,
  BENCH_IDLE_SECONDS: 60,
  BENCH_YES_GB: 10,
  BENCH_LINE_MB: 1000,
  BENCH_READ_MB: 100,
  BENCH_MEMORY_SECONDS: 120,
};

/** A wrong word or variable: the message is the whole report. */
export class BenchUsageError extends Error {
  override name = "BenchUsageError";
}

/** @throws {BenchUsageError} for a value that is no number above 0. */
export function readSettings(env: Readonly<Record<string, string>>): Settings {
  const settings = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof Settings)[]) {
    const text = env[name];
    if (text === undefined || text === "") continue;
    const value = Number(text);
    if (!(value > 0 && value < Infinity)) {
      throw new BenchUsageError(`${name} must be a number above 0: ${JSON.stringify(text)}`);
    }
    Object.assign(settings, { [name]: value });
  }
  return settings;
}

/** `BENCH_MB=60 BENCH_RUNS=1`: where they differ from the defaults; empty if nowhere. */
export function changedSettings(settings: Settings): string {
  return (Object.keys(DEFAULTS) as (keyof Settings)[])
    .filter((name) => settings[name] !== DEFAULTS[name])
    .map((name) => `${name}=${settings[name]}`).join(" ");
}
