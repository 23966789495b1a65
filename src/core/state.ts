import type { Finding } from "./finding.ts";
import type { SignalName } from "./signals.ts";
import type { ChildStatus, Verdict } from "./verdict.ts";

type Cause =
  | { readonly kind: "finding"; readonly finding: Finding }
  | { readonly kind: "signal"; readonly signal: SignalName };

/** What is known of a run that is coming to its end. */
export interface Ending {
  readonly cause: Cause | undefined;
  readonly child: ChildStatus | undefined;
  /** How often we were asked to stop from outside, hang-ups not counted: the second time is final. */
  readonly asks: number;
}

/** Where a run is; lifecycle.ts has the way from one to the next. */
export type State =
  | { readonly phase: "starting" }
  | { readonly phase: "running"; readonly pid: number }
  | ({ readonly phase: "stopping" | "killing" | "draining" } & Ending)
  | { readonly phase: "exited"; readonly verdict: Verdict };

export type EndingState = Extract<State, Ending>;

export const INITIAL_STATE: State = { phase: "starting" };
