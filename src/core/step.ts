import type { Effect } from "./effect.ts";
import type { SignalName } from "./signals.ts";
import type { State } from "./state.ts";

/** What of the settings decides how a run goes. */
export interface LifecycleOptions {
  readonly graceMs: number;
  readonly stopSignal: SignalName;
  readonly dryRun: boolean;
}

/** The answer to one event. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}
