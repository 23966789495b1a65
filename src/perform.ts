import type { Effect } from "./core/effect.ts";
import type { Host } from "./host/host.ts";
import type { TreeWatch } from "./tree_watch.ts";
import type { Voice } from "./voice.ts";

/** Who carries effects out. */
export interface Crew {
  readonly voice: Voice;
  readonly tree: Host["tree"];
  readonly treeWatch: Pick<TreeWatch, "start">;
  /** The child's; 0 where none was started. */
  readonly pid: number;
  /** Reads both pipes to their end, then evaluates for the last time. */
  readonly drain: () => void;
  /** Gives the pipes up, and evaluates for the last time now. */
  readonly abandonDrain: () => void;
  /** Sets the deadline to this time, in ms, and drops the one before. */
  readonly setDeadline: (at: number) => void;
}

/** Carries out one effect. Never waits: what takes time comes back as an event. */
export function perform(effect: Effect, crew: Crew): void {
  const { voice, tree } = crew;
  switch (effect.type) {
    case "announce-started":
      return voice.started(effect.pid);
    case "announce-signal":
      return voice.signal(effect.signal);
    case "announce-leftovers":
      return voice.leftovers();
    case "report":
      return voice.report(effect.finding, crew.pid);
    case "warn":
      return voice.finding(effect.finding);
    case "forward":
      return tree.forward(effect.signal);
    case "wake":
      return tree.wake();
    case "suspend":
      return tree.suspend();
    case "stop-tree":
      return tree.stop(effect.signal);
    case "kill-tree":
      return tree.stop("SIGKILL");
    case "watch-tree":
      return crew.treeWatch.start();
    case "drain":
      return crew.drain();
    case "abandon-drain":
      return crew.abandonDrain();
    case "deadline":
      return crew.setDeadline(effect.at);
  }
}
