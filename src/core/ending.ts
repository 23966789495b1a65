import type { Effect } from "./effect.ts";
import type { Event } from "./event.ts";
import type { Finding } from "./finding.ts";
import { type ForwardedSignal, isInsisting, isStopping } from "./signals.ts";
import type { Ending, EndingState } from "./state.ts";
import type { LifecycleOptions, Step } from "./step.ts";
import type { Verdict } from "./verdict.ts";

/** How long a tree may take to vanish after SIGKILL before it counts as unkillable, ms. */
export const KILL_WAIT_MS = 2000;
/** How long pipes that someone outside of the tree holds open are read after its end, ms. */
export const DRAIN_MS = 1000;

/** The tree is to end: asked to, or with SIGKILL. */
export function stop(state: EndingState, event: Event, options: LifecycleOptions): Step {
  switch (event.type) {
    case "finding":
      return noteFinding(state, event.finding);
    case "signal": {
      if (!isStopping(event.signal)) return { state, effects: [passOn(event.signal)] };
      const asked = { ...state, asks: state.asks + (isInsisting(event.signal) ? 1 : 0) };
      if (state.phase === "killing") return { state: asked, effects: [{ type: "kill-tree" }] };
      if (asked.asks >= 2) return kill(asked, event.at);
      return {
        state: asked,
        effects: [{ type: "forward", signal: event.signal }, { type: "wake" }],
      };
    }
    case "child-exited": {
      const ended = { ...state, child: event.status };
      if (event.treeGone) return beginDrain(ended, event.at);
      const again: Effect = state.phase === "killing"
        ? { type: "kill-tree" }
        : { type: "stop-tree", signal: options.stopSignal };
      return { state: ended, effects: [again, { type: "wake" }, { type: "watch-tree" }] };
    }
    case "tree-gone":
      return state.child === undefined ? { state, effects: [] } : beginDrain(state, event.at);
    case "deadline":
      return state.phase === "killing" ? beginDrain(state, event.at) : kill(state, event.at);
    default:
      return { state, effects: [] };
  }
}

/** The tree is gone: what is left in the pipes is still read. */
export function drain(state: EndingState, event: Event): Step {
  switch (event.type) {
    case "finding":
      return noteFinding(state, event.finding);
    case "signal":
      return {
        state: isStopping(event.signal) ? { ...state, asks: state.asks + 1 } : state,
        effects: [],
      };
    case "child-exited":
      return { state: { ...state, child: state.child ?? event.status }, effects: [] };
    case "deadline": {
      // Nobody is in a hurry after a child's own exit: a slow reader gets every byte.
      const patient = state.cause === undefined && state.asks === 0;
      if (event.writing && patient) {
        return { state, effects: [{ type: "deadline", at: event.at + DRAIN_MS }] };
      }
      return { state, effects: [{ type: "abandon-drain" }] };
    }
    case "drained":
      return { state: { phase: "exited", verdict: verdictOf(state) }, effects: [] };
    default:
      return { state, effects: [] };
  }
}

/** A finding counts only while nothing else has ended the run. */
function noteFinding(state: EndingState, finding: Finding): Step {
  if (state.cause !== undefined) return { state, effects: [] };
  return {
    state: { ...state, cause: { kind: "finding", finding } },
    effects: [{ type: "report", finding }],
  };
}

/** A signal that stops nothing. */
export function passOn(signal: ForwardedSignal): Effect {
  return signal === "SIGTSTP" ? { type: "suspend" } : { type: "forward", signal };
}

function kill(ending: Ending, at: number): Step {
  return {
    state: { ...ending, phase: "killing" },
    effects: [
      { type: "kill-tree" },
      { type: "watch-tree" },
      { type: "deadline", at: at + KILL_WAIT_MS },
    ],
  };
}

/** The tree has gone, or won't. */
export function beginDrain(ending: Ending, at: number): Step {
  return {
    state: { ...ending, phase: "draining" },
    effects: [{ type: "drain" }, { type: "deadline", at: at + DRAIN_MS }],
  };
}

function verdictOf({ cause, child }: Ending): Verdict {
  if (cause?.kind === "finding") return { cause: "finding", finding: cause.finding, child };
  if (cause?.kind === "signal") return { cause: "signal", signal: cause.signal, child };
  // Without a cause it was the child's exit that brought the run here.
  return { cause: "exit", child: child! };
}
