import type { Line, StreamName } from "../../src/core/line.ts";
import type { Rule } from "../../src/core/rule.ts";

/** What is done to an engine, in order of `at` (ms). */
export type Step =
  | { readonly do: "push"; readonly stream: StreamName; readonly bytes: Uint8Array; at: number }
  | { readonly do: "end"; readonly stream: StreamName; readonly at: number }
  /** `all`: until nothing more is found, as in a dry run; else one call. */
  | { readonly do: "evaluate"; readonly all: boolean; readonly at: number };

/** One run of an engine: its rules, its options and what is done to it. */
export interface FuzzCase {
  readonly rules: readonly Rule[];
  readonly bufferLines: number;
  readonly contextLines: number;
  /** Evaluates at each match too, as `--interval 0` does. */
  readonly immediate: boolean;
  /** Stops watching for a rule once it was found, as a dry run does. */
  readonly retires: boolean;
  readonly steps: readonly Step[];
  /** From how many bytes on the engine lets lines pass unread; the reference reads all. */
  readonly minFiltered: number;
}

/** The parts of a finding that both engines have to agree on. */
export interface Found {
  readonly rule: string;
  readonly matches: number;
  readonly first: number;
  readonly last: number;
  readonly context: readonly (readonly [number: number, text: string])[];
  readonly omitted: { readonly count: number; readonly before: number } | undefined;
  readonly matchIndex: number;
}

/** One evaluation: after which step, on whose account, and what it found. */
export interface Evaluation {
  readonly step: number;
  readonly by: "step" | "match";
  readonly found: readonly Found[];
}

/** A case's evaluations, or what the engine broke on. */
export interface Outcome {
  readonly evaluations: readonly Evaluation[];
  readonly lines: number;
  /** What has to be `undefined`: a promise of the engine that it didn't keep, or its exception. */
  readonly trouble: string | undefined;
}

/** What a context shows of its lines. */
export function shown(lines: readonly Line[]): [number: number, text: string][] {
  return lines.map(({ number, text }) => [number, text]);
}
