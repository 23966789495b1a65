import type { Effect } from "./effect.ts";
import { isStopping, type SignalName } from "./signals.ts";

/** What a run has done that its record tells with the time; ms on the monotonic clock. */
export interface History {
  /** When a finding was last reported: in the end the one that ended the run. */
  readonly detectedAt: number | undefined;
  /** The signals that were to end the child, each once, when it was first sent. */
  readonly stops: readonly { readonly signal: SignalName; readonly at: number }[];
}

export const EMPTY_HISTORY: History = { detectedAt: undefined, stops: [] };

/** The history after `effects` were carried out at `at`. */
export function noteEffects(history: History, effects: readonly Effect[], at: number): History {
  return effects.reduce((sum, effect) => noteEffect(sum, effect, at), history);
}

function noteEffect(history: History, effect: Effect, at: number): History {
  if (effect.type === "report") return { ...history, detectedAt: at };
  const signal = stopOf(effect);
  if (signal === undefined || history.stops.some((stop) => stop.signal === signal)) return history;
  return { ...history, stops: [...history.stops, { signal, at }] };
}

function stopOf(effect: Effect): SignalName | undefined {
  switch (effect.type) {
    case "stop-tree":
      return effect.signal;
    case "forward":
      return isStopping(effect.signal) ? effect.signal : undefined;
    case "kill-tree":
      return "SIGKILL";
    default:
      return undefined;
  }
}
