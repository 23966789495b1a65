/** What a fatal error is about; `--exit-codes category` maps each to a code (exit_code.ts). */
export const CATEGORIES = [
  "config",
  "permission",
  "quota",
  "service",
  "failures",
  "exception",
  "agent",
  "image",
] as const;

export type Category = typeof CATEGORIES[number];

/** How a rule recognises a line. */
export type Matcher =
  /** A line matches when the regular expression is found in it. */
  | { readonly kind: "pattern"; readonly pattern: string }
  /** A line matches `then` at most `within` lines after one that matched `first`. */
  | {
    readonly kind: "sequence";
    readonly first: string;
    readonly then: string;
    readonly within: number;
  }
  /** The exception line at the end of a whole Python traceback matches. */
  | { readonly kind: "traceback" };

/** A fatal error that bailout knows: data only, compiled once by detector.ts. */
export interface Rule {
  readonly id: string;
  readonly category: Category;
  /** The headline of the report: "FATAL ERROR DETECTED: " and this. */
  readonly title: string;
  /** Why the agent is stopped: "Killing agent (PID: n) - " and this. */
  readonly reason: string;
  readonly matcher: Matcher;
  /** The rule is met when `threshold` of the last `window` lines match. Lines, from 1. */
  readonly window: number;
  readonly threshold: number;
  /** The frames, source lines and chained headers of a traceback are no sign for this rule. */
  readonly skipTracebackBody?: boolean;
  /** Exit code with `--exit-codes category`, instead of the category's. 1 to 255. */
  readonly exitCode?: number;
}
