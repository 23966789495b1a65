import type { Line } from "./line.ts";
import type { Rule } from "./rule.ts";

/** The lines that led to a match, kept with it: later lines can't push them out. */
export interface Context {
  /** Oldest first; the last one is the matching line. */
  readonly lines: readonly Line[];
  /** Lines of a very long traceback left out, and before which index of `lines` they stood. */
  readonly omitted: { readonly count: number; readonly before: number } | undefined;
  /** Where in the last line the match begins, so that a shortened line still shows it. */
  readonly matchIndex: number;
}

/** A rule that was met, with what led there. */
export interface Finding {
  readonly rule: Rule;
  /** When the line came that met the rule, ms. */
  readonly metAt: number;
  /** Lines that matched since the start of the run. */
  readonly matches: number;
  readonly firstMatch: Line;
  readonly lastMatch: Line;
  readonly context: Context;
}
