// Theory of operation: one run is one value of `State`. Everything that happens to it (a finding, a
// signal, the child's end, a deadline) is an `Event`; `step` answers with the next state and with
// what has to be done. The loop in supervisor.ts feeds it and carries the effects out.
//
//   starting ─ running ─┬─ stopping ─ killing ─┬─ draining ─ exited
//                       └──────────────────────┘
//
// The first cause ends the run and never changes: a finding or a signal while the child runs, else
// the child's own exit. Only the child's exit leaves it open until the last evaluation: an error
// printed right before death is still a finding.

import type { Effect } from "./effect.ts";
import type { Event } from "./event.ts";
import type { Finding } from "./finding.ts";
import { isFatal } from "./rule.ts";
import { type ForwardedSignal, isInsisting, isStopping, type SignalName } from "./signals.ts";
import type { Ending, EndingState, State } from "./state.ts";
import type { Verdict } from "./verdict.ts";

/** How long a tree may take to vanish after SIGKILL before it counts as unkillable, ms. */
export const KILL_WAIT_MS = 2000;
/** How long pipes that someone outside of the tree holds open are read after its end, ms. */
export const DRAIN_MS = 1000;

export interface LifecycleOptions {
  readonly graceMs: number;
  readonly stopSignal: SignalName;
  readonly dryRun: boolean;
}

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export function step(state: State, event: Event, options: LifecycleOptions): Step {
  if (event.type === "finding" && (options.dryRun || !isFatal(event.finding.rule))) {
    return mention(state, event.finding);
  }
  switch (state.phase) {
    case "starting":
      return start(state, event);
    case "running":
      return run(state, event, options);
    case "stopping":
    case "killing":
      return stop(state, event, options);
    case "draining":
      return drain(state, event);
    case "exited":
      return { state, effects: [] };
  }
}

/** A finding that ends nothing: a dry run's, or that of a rule that only warns or observes. */
function mention(state: State, finding: Finding): Step {
  const stopping = "cause" in state && state.cause !== undefined;
  if (stopping || finding.rule.action === "observe") return { state, effects: [] };
  const type = finding.rule.action === "warn" ? "warn" : "report";
  return { state, effects: [{ type, finding }] };
}

function start(state: State, event: Event): Step {
  if (event.type === "spawned") {
    return {
      state: { phase: "running", pid: event.pid },
      effects: [{ type: "announce-started", pid: event.pid }],
    };
  }
  if (event.type === "spawn-failed") {
    const verdict: Verdict = { cause: "spawn-failure", failure: event.failure };
    return { state: { phase: "exited", verdict }, effects: [] };
  }
  return { state, effects: [] };
}

function run(state: State, event: Event, options: LifecycleOptions): Step {
  const grace: Effect = { type: "deadline", at: event.at + options.graceMs };
  switch (event.type) {
    case "finding":
      return {
        state: {
          phase: "stopping",
          cause: { kind: "finding", finding: event.finding },
          child: undefined,
          asks: 0,
        },
        effects: [
          // The signal first: the report takes ms to write.
          { type: "stop-tree", signal: options.stopSignal },
          { type: "wake" },
          { type: "report", finding: event.finding },
          grace,
        ],
      };
    case "signal": {
      if (!isStopping(event.signal)) return { state, effects: [passOn(event.signal)] };
      return {
        state: {
          phase: "stopping",
          cause: { kind: "signal", signal: event.signal },
          child: undefined,
          asks: isInsisting(event.signal) ? 1 : 0,
        },
        effects: [
          { type: "announce-signal", signal: event.signal },
          { type: "forward", signal: event.signal },
          { type: "wake" },
          grace,
        ],
      };
    }
    case "child-exited": {
      const ending: Ending = { cause: undefined, child: event.status, asks: 0 };
      if (event.treeGone) return beginDrain(ending, event.at);
      return {
        state: { phase: "stopping", ...ending },
        effects: [
          { type: "announce-leftovers" },
          { type: "stop-tree", signal: options.stopSignal },
          { type: "wake" },
          { type: "watch-tree" },
          grace,
        ],
      };
    }
    default:
      return { state, effects: [] };
  }
}

function stop(
  state: EndingState,
  event: Event,
  options: LifecycleOptions,
): Step {
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

function drain(state: EndingState, event: Event): Step {
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

function passOn(signal: ForwardedSignal): Effect {
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

function beginDrain(ending: Ending, at: number): Step {
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
