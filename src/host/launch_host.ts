import { type Child, spawnChild } from "./child.ts";
import { type Clock, systemClock } from "./clock.ts";
import { ProcessTree } from "./process_tree.ts";
import { resetSignals } from "./signal_defaults.ts";
import { holdSignals, listenForSignals, surviveFileSizeLimit } from "./signal_listener.ts";
import { FORWARDED_SIGNALS } from "../core/signals.ts";
import type { SpawnFailure } from "../core/verdict.ts";

/** As much of the world as it takes to start a command. The rest of it is host.ts. */
export interface LaunchHost {
  readonly clock: Clock;
  /** stdin is a terminal. */
  readonly interactive: boolean;
  readonly tree: Pick<
    ProcessTree,
    "adopt" | "leaderExited" | "reap" | "gone" | "forward" | "stop" | "wake" | "suspend"
  >;
  spawn(command: readonly [string, ...string[]], ownSession: boolean): Child | SpawnFailure;
  listen<S extends Deno.Signal>(signals: readonly S[], listener: (s: S) => void): () => void;
}

/**
 * Makes this process the subreaper of all that it starts. Signals that arrive from now on are kept
 * for whoever listens to them first.
 */
export function createLaunchHost(): LaunchHost {
  const { hangupIgnored } = resetSignals();
  const held = holdSignals(FORWARDED_SIGNALS);
  surviveFileSizeLimit();
  return {
    clock: systemClock,
    interactive: Deno.stdin.isTerminal(),
    tree: new ProcessTree(),
    spawn: spawnChild,
    listen(signals, listener) {
      // A listener of its own keeps SIGHUP from us and leaves the child the default.
      const wanted = (signal: Deno.Signal) => signal !== "SIGHUP" || !hangupIgnored;
      const dispose = listenForSignals(signals, (signal) => wanted(signal) && listener(signal));
      // Not before the caller has dealt with its child's start, which comes first.
      for (const signal of held.release(signals)) {
        if (wanted(signal)) queueMicrotask(() => listener(signal));
      }
      return dispose;
    },
  };
}
