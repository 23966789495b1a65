import type { Level } from "./level.ts";
import type { StreamName } from "./line.ts";
import type { StatusName } from "./status.ts";

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

/** What happens when a rule is met: end the run, print a warning, or only count it. */
export const ACTIONS = ["kill", "warn", "observe"] as const;

export type Action = typeof ACTIONS[number];

/** What facts.ts has to find in a line: every field that is named, any value of each. */
export interface FactsPattern {
  /** Canonical status, however it was spelled (`PERMISSION_DENIED`). */
  readonly status?: readonly StatusName[];
  /** HTTP code that stands in the line as a status, never a bare number. */
  readonly http?: readonly number[];
  /** Simple name of an exception class (`HttpError`). */
  readonly exception?: readonly string[];
  /** Who speaks: `gcloud`, `googleapiclient`, `grpc`, `storage`, `wandb`, `kubernetes`, `docker`. */
  readonly tool?: readonly string[];
  /** True: the line calls itself an error, by its level, by a word, or as a field of an error. */
  readonly error?: boolean;
  /** What the line's logger calls it. */
  readonly level?: readonly Level[];
  /** True: warnings, announced retries and the like count too. */
  readonly lenient?: boolean;
  /** A regular expression for the line's text, as a second sign. */
  readonly text?: string;
}

/** Fields of a JSON line, `a.b` for nested ones, each with the values that match. */
export type JsonPattern = Readonly<
  Record<string, string | number | boolean | readonly (string | number | boolean)[]>
>;

/** How a rule recognises a line. */
export type Matcher =
  /** A line matches when the regular expression is found in it. */
  | { readonly kind: "pattern"; readonly pattern: string }
  /** A line matches when the facts found in it fit any of `anyOf`. */
  | { readonly kind: "facts"; readonly anyOf: readonly FactsPattern[] }
  /** A line that is a JSON object matches when all these fields do. */
  | { readonly kind: "json"; readonly fields: JsonPattern }
  /** A line matches `then` at most `within` lines after one that matched `first`. */
  | {
    readonly kind: "sequence";
    readonly first: string;
    readonly then: string;
    readonly within: number;
  }
  /** The exception at the end of a whole Python traceback matches, if no other rule names it. */
  | { readonly kind: "traceback" };

/** Lines that a rule's own tests hold it to; `rules validate` runs them. */
export interface RuleTests {
  /** Each entry is a log of one or more lines (separated by \n) that has to meet the rule. */
  readonly match?: readonly string[];
  /** Each entry is a log that must not meet it. */
  readonly noMatch?: readonly string[];
}

/** A fatal error that bailout knows: data only, compiled once by detector.ts. */
export interface Rule {
  readonly id: string;
  readonly category: Category;
  /** The headline of the report: "FATAL ERROR DETECTED: " and this. */
  readonly title: string;
  /** Why the agent is stopped: "Killing agent (PID: n) - " and this. */
  readonly reason: string;
  /** How to mend what the rule found. */
  readonly advice?: string;
  /** Where to read on: a URL. */
  readonly docs?: string;
  readonly matcher: Matcher;
  /** A line that one of these regular expressions finds something in is no match. */
  readonly except?: readonly string[];
  /** Only lines of these streams are looked at; all where it is left out. */
  readonly streams?: readonly StreamName[];
  /** The rule is met when `threshold` of the last `window` lines match. Lines, from 1. */
  readonly window: number;
  readonly threshold: number;
  /** And the matches that make up the threshold came within this time, ms. */
  readonly withinMs?: number;
  /** A line that one of these finds something in sets the rule's count back to nothing. */
  readonly clears?: readonly string[];
  /** A met rule waits this long for a clearing line before it is acted on, ms. */
  readonly confirmMs?: number;
  /** Whether running the same again later may succeed; for the platform above. */
  readonly retryable?: boolean;
  /** `kill` where it is left out. */
  readonly action?: Action;
  /**
   * One of these literals (ASCII) stands in every line that can match: lines in which none of the
   * rules' hints stands aren't looked at any closer.
   */
  readonly hints?: readonly string[];
  /** And one of these, which may be the same: a second sign. Not for lines with a status. */
  readonly alsoHints?: readonly string[];
  /** The frames, source lines and chained headers of a traceback are no sign for this rule. */
  readonly skipTracebackBody?: boolean;
  /** Exit code with `--exit-codes category`, instead of the category's. 1 to 255. */
  readonly exitCode?: number;
  readonly tests?: RuleTests;
}

/** Whether a rule ends the run when it is met. */
export function isFatal(rule: Rule): boolean {
  return (rule.action ?? "kill") === "kill";
}
