import type { ForwardedSignal } from "../../src/core/signals.ts";

/** What a run may end with. A case has one, where a race makes two right exactly these two. */
export interface Ending {
  readonly code: number;
  /** The rule that is reported, by its headline; none where nothing may be. */
  readonly headline: string | undefined;
}

/** When the harness does what to bailout, ms after the agent is ready. */
export interface TimedSignal {
  readonly afterMs: number;
  readonly signal: ForwardedSignal;
}

/** How stdout is read: as fast as it comes, with a pause after each chunk, or not to the end. */
export type Reader =
  | { readonly how: "fast" }
  | { readonly how: "slow"; readonly pauseMs: number }
  | { readonly how: "gone"; readonly afterBytes: number };

/** One run of bailout, and its one right outcome. */
export interface SoakCase {
  readonly seed: number;
  readonly kind: string;
  readonly options: readonly string[];
  /** What agent.pl does; empty where the command isn't there. */
  readonly steps: readonly string[];
  /** All that the agent has to print. */
  readonly out: Uint8Array<ArrayBuffer>;
  readonly err: Uint8Array<ArrayBuffer>;
  /** The agent gets to print all of it; else as much as it could write before it was stopped. */
  readonly whole: boolean;
  /** The most that one write of the agent's takes, bytes. */
  readonly chunk: number;
  readonly signals: readonly TimedSignal[];
  readonly reader: Reader;
  readonly endings: readonly Ending[];
}

/** What came of a case. */
export interface SoakOutcome {
  /** `undefined` where the run didn't end in time. */
  readonly code: number | undefined;
  /** What ended bailout itself, which nothing may. */
  readonly signal: string | null;
  readonly out: Uint8Array;
  readonly err: Uint8Array;
  /** How much the agent says it has written. */
  readonly written: { readonly out: number; readonly err: number };
  /** Bytes in the log file, where there is one. */
  readonly logged: number | undefined;
  /** Processes that outlived the run. */
  readonly leaked: readonly string[];
  /** The most that bailout took: bytes, and descriptors. */
  readonly memory: number;
  readonly files: number;
}
