// Theory of operation: one run is one value of `State`. Everything that happens to it (a finding, a
// signal, the child's end, a deadline) is an `Event`; `step` answers with the next state and with
// what has to be done. The loop in supervisor.ts feeds it and carries the effects out.
//
//   starting ─ running ─┬─ stopping ─ killing ─┬─ draining ─ exited
//                       └──────────────────────┘
//
// The first cause ends the run and never changes: a finding or a signal while the child runs, else
// the child's own exit. Only the child's exit leaves it open until the last evaluation: an error
// printed right before death is still a finding. What comes after the cause is in ending.ts.

import type { Effect } from "./effect.ts";
import { beginDrain, drain, passOn, stop } from "./ending.ts";
import type { Event } from "./event.ts";
import type { Finding } from "./finding.ts";
import { isFatal } from "./rule.ts";
import { isInsisting, isStopping } from "./signals.ts";
import type { Ending, State } from "./state.ts";
import type { LifecycleOptions, Step } from "./step.ts";
import type { Verdict } from "./verdict.ts";

/** What an event changes, and what is to be done about it. */
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
