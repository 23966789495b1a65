import type { LongRunReport } from "./long_run.ts";
import type { SoakCase, SoakOutcome } from "./soak_case.ts";

const MIB = 1024 * 1024;
/** What a run of any length may take more at its end than soon after its start. */
const MOST_GROWTH = 16 * MIB;
/** A descriptor that is just being used when it is counted. */
const MOST_NEW_FILES = 1;

/** What became of all runs of a soak. */
export class Tally {
  readonly #kinds = new Map<string, Map<string, number>>();
  #runs = 0;
  #mismatches = 0;
  #leaked = 0;
  #memory = 0;
  #files = 0;
  #bytes = 0;

  add({ kind }: SoakCase, outcome: SoakOutcome, problems: readonly string[]): void {
    this.#runs++;
    if (problems.length > 0) this.#mismatches++;
    this.#leaked += outcome.leaked.length;
    this.#memory = Math.max(this.#memory, outcome.memory);
    this.#files = Math.max(this.#files, outcome.files);
    this.#bytes += outcome.out.length + outcome.err.length;
    const endings = this.#kinds.get(kind) ?? new Map<string, number>();
    const ending = outcome.code === undefined ? "never" : String(outcome.code);
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
    this.#kinds.set(kind, endings);
  }

  /** The report: runs and exit codes by kind, and what the runs took. */
  text(long: LongRunReport | undefined): string {
    const kinds = [...this.#kinds].sort(([a], [b]) => a < b ? -1 : 1).map(([kind, endings]) => {
      const runs = [...endings.values()].reduce((sum, count) => sum + count, 0);
      const codes = [...endings].sort(([, a], [, b]) => b - a).slice(0, 6)
        .map(([code, count]) => `${code} ×${count}`).join(", ");
      const rest = endings.size > 6 ? `, ${endings.size - 6} other codes` : "";
      return `  ${String(runs).padStart(5)}  ${kind.padEnd(42)} exit code ${codes}${rest}`;
    });
    return [
      `${this.#runs} runs, ${megabytes(this.#bytes)} MB of output`,
      ...kinds,
      `mismatches: ${this.#mismatches}, leaked processes: ${this.#leaked}`,
      `at most ${mebibytes(this.#memory)} MiB and ${this.#files} descriptors in a run`,
      ...long === undefined ? [] : [longText(long)],
    ].join("\n");
  }

  /** Why the soak has failed; nothing where it hasn't. */
  failures(long: LongRunReport | undefined): string[] {
    const found: string[] = [];
    if (this.#runs === 0) found.push("nothing was run");
    if (this.#mismatches > 0) found.push(`${this.#mismatches} runs didn't end as they have to`);
    if (this.#leaked > 0) found.push(`${this.#leaked} processes leaked`);
    if (long === undefined) return found;
    const { early, late, problems } = long;
    if (!(late.memory - early.memory <= MOST_GROWTH)) found.push("the long run's memory grows");
    if (!(late.files - early.files <= MOST_NEW_FILES)) found.push("the long run leaks descriptors");
    return [...found, ...problems];
  }
}

function longText({ seconds, bytes, signals, early, late }: LongRunReport): string {
  return `one run of ${Math.round(seconds)} s, ${megabytes(bytes)} MB, ${signals} signals: ` +
    `${mebibytes(early.memory)} → ${mebibytes(late.memory)} MiB, ` +
    `${early.files} → ${late.files} descriptors`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function mebibytes(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}
