import { createDetector, type Detector } from "./detector.ts";
import type { Context, Finding } from "./finding.ts";
import type { Line } from "./line.ts";
import type { Rule } from "./rule.ts";
import { SAMPLE_LINES } from "./samples.ts";
import { HintIndex } from "./scan/hint_index.ts";
import { Statement } from "./statement.ts";
import type { Traceback } from "./traceback.ts";
import { Watch } from "./watch.ts";

/** A traceback as it stands, whether it is complete or not. */
type Shown = Pick<Traceback, "lines" | "omitted">;

interface Entry {
  readonly watch: Watch;
  readonly detector: Detector;
  retired: boolean;
}

/** The rules of a run in list order, and what each has seen. */
export class WatchList {
  readonly #entries: readonly Entry[];
  /** Those of the watches that a later line can set back. */
  readonly #clearable: readonly Watch[];
  readonly #context: (matchIndex: number, traceback: Shown | undefined) => Context;
  #index: HintIndex | undefined;

  /**
   * `context` gives what is to be shown for a match in the newest line.
   * @throws {SyntaxError} if a rule's pattern is not a regular expression.
   */
  constructor(
    rules: readonly Rule[],
    context: (matchIndex: number, traceback: Shown | undefined) => Context,
  ) {
    this.#entries = rules.map((rule) => ({
      watch: new Watch(rule),
      detector: createDetector(rule),
      retired: false,
    }));
    this.#clearable = this.#entries.map(({ watch }) => watch).filter(({ rule }) => rule.clears);
    this.#context = context;
  }

  /** What a line must have for a rule to look at it. Made when asked for: the child needn't wait. */
  get index(): HintIndex {
    return this.#index ??= new HintIndex(this.#entries.map(({ detector }) => detector));
  }

  /** Whether a line without any hint may set a rule's count back, after line `number`. */
  awaitsClearing(number: number): boolean {
    return this.#clearable.some((watch) => watch.awaitsClearing(number));
  }

  /**
   * Shows a line, in which `hints` stand, to the rules: whether one has `matched` that isn't
   * retired, and whether one has `named` what it is about. `traceback`: the open one it stands in.
   */
  read(
    statement: Statement,
    hints: number,
    traceback: () => Shown | undefined,
  ): { matched: boolean; named: boolean } {
    const { line } = statement;
    let [matched, named] = [false, false];
    const { index } = this;
    // By its number: pairs of an iterator are slow until this has run some thousand times.
    for (let i = 0; i < this.#entries.length; i++) {
      const { watch, detector, retired } = this.#entries[i]!;
      const at = index.concerns(i, hints) ? detector.find(statement) : -1;
      if (at === -1) {
        watch.observe(line);
        continue;
      }
      matched ||= !retired;
      named ||= names(watch.rule);
      watch.note(line, this.#context(at, traceback()));
    }
    return { matched, named };
  }

  /** Shows an exception to the rules for whole tracebacks: whether one matched that isn't retired. */
  readException(exception: Line, traceback: Traceback | undefined): boolean {
    let matched = false;
    for (const { watch, detector, retired } of this.#entries) {
      if (watch.rule.matcher.kind !== "traceback" || detector.rejects(exception)) continue;
      matched ||= !retired;
      watch.note(exception, this.#context(0, traceback));
    }
    return matched;
  }

  /** The first rule that was met since it was last taken and is due at `now`, in ms. */
  take(now: number): Finding | undefined {
    for (const { watch, retired } of this.#entries) {
      const finding = watch.take(now);
      if (finding !== undefined && !retired) return finding;
    }
    return undefined;
  }

  /** When met rules that wait for their confirmation are due, in ms. */
  get dueTimes(): number[] {
    return this.#entries
      .map(({ watch, retired }) => watch.rule.confirmMs && !retired ? watch.dueAt : undefined)
      .filter((time) => time !== undefined);
  }

  /** From now on the rule isn't taken any more; it still names what it recognises. */
  retire(rule: Rule): void {
    for (const entry of this.#entries) entry.retired ||= entry.watch.rule === rule;
  }

  /**
   * Reads sample lines, a little at each step, and forgets them: the first real match would else
   * wait for regular expressions to be compiled, 30 ms and more.
   */
  *warmUp(): Generator<undefined, void> {
    for (const text of SAMPLE_LINES) {
      this.index.look(text);
      yield;
      const line: Line = { number: -Infinity, stream: "stderr", text, at: 0 };
      const statement = new Statement(line, "outside");
      for (const part of ["mayHaveStatus", "text", "facts", "dismissal"] as const) {
        void statement[part];
        yield;
      }
      for (const { detector } of this.#entries) {
        detector.find(statement);
        yield;
      }
    }
  }
}

/** Whether a rule's match says what an exception is about; one that counts words doesn't. */
function names(rule: Rule): boolean {
  return rule.threshold === 1 || rule.matcher.kind === "facts";
}
