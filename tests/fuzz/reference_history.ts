import type { Line } from "../../src/core/line.ts";
import type { Context, Finding } from "../../src/core/finding.ts";
import type { Rule } from "../../src/core/rule.ts";

type Entry =
  | {
    readonly what: "match";
    readonly line: Line;
    readonly context: Context;
    readonly met: boolean;
  }
  | { readonly what: "cleared" }
  | { readonly what: "taken" };

/** Everything that ever happened to one rule; every question is answered by reading all of it. */
export class RuleHistory {
  readonly rule: Rule;
  readonly #entries: Entry[] = [];

  constructor(rule: Rule) {
    this.rule = rule;
  }

  match(line: Line, context: Context): void {
    const counted = [...this.#sinceCleared().map((entry) => entry.line), line];
    this.#entries.push({ what: "match", line, context, met: this.#isMet(counted) });
  }

  /** A line that didn't match: whether it says that all is well again. */
  other(line: Line): void {
    const clears = (this.rule.clears ?? []).some((pattern) => new RegExp(pattern).test(line.text));
    if (clears) this.#entries.push({ what: "cleared" });
  }

  take(now: number): Finding | undefined {
    const lastReset = this.#entries.findLastIndex(({ what }) => what !== "match");
    const met = matchesOf(this.#entries.slice(lastReset + 1)).find((match) => match.met);
    if (met === undefined || met.line.at + (this.rule.confirmMs ?? 0) > now) return undefined;
    this.#entries.push({ what: "taken" });
    const matches = matchesOf(this.#entries);
    return {
      rule: this.rule,
      metAt: met.line.at,
      matches: matches.length,
      firstMatch: matches[0]!.line,
      lastMatch: matches.at(-1)!.line,
      context: matches.at(-1)!.context,
    };
  }

  #sinceCleared() {
    const lastCleared = this.#entries.findLastIndex(({ what }) => what === "cleared");
    return matchesOf(this.#entries.slice(lastCleared + 1));
  }

  /**
   * Whether the newest `threshold` of these lines are close in lines and in time. They may be out of
   * order: a traceback is known later than its exception, and the other stream has gone on.
   */
  #isMet(lines: readonly Line[]): boolean {
    const { threshold, window, withinMs = Infinity } = this.rule;
    if (lines.length < threshold) return false;
    const newest = lines.slice(-threshold);
    return span(newest.map(({ number }) => number)) < window &&
      span(newest.map(({ at }) => at)) <= withinMs;
  }
}

function span(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers);
}

function matchesOf(entries: readonly Entry[]) {
  return entries.filter((entry) => entry.what === "match");
}
