import type { Finding } from "./finding.ts";
import type { SignalName } from "./signals.ts";

/** What has to be done next, in order; perform.ts carries it out. */
export type Effect =
  | { readonly type: "announce-started"; readonly pid: number }
  | { readonly type: "announce-signal"; readonly signal: SignalName }
  | { readonly type: "announce-leftovers" }
  | { readonly type: "report"; readonly finding: Finding }
  /** Mention a finding of a rule that only warns. */
  | { readonly type: "warn"; readonly finding: Finding }
  /** Pass a signal on to the child's process group. */
  | { readonly type: "forward"; readonly signal: SignalName }
  /** Continue what is stopped in the child's tree: a stopped process can't take a signal. */
  | { readonly type: "wake" }
  /** Stop the child's group and ourselves until SIGCONT. */
  | { readonly type: "suspend" }
  /** Ask every process of the child's tree to end, also those in a group of their own. */
  | { readonly type: "stop-tree"; readonly signal: SignalName }
  | { readonly type: "kill-tree" }
  /** Send `tree-gone` as soon as no process of the tree is left. */
  | { readonly type: "watch-tree" }
  /** Send `drained` when both pipes are read to their end, after the last evaluation. */
  | { readonly type: "drain" }
  /** Give up on the pipes: send `drained` now, after the last evaluation. */
  | { readonly type: "abandon-drain" }
  /** Send `deadline` at this time, and drop the one set before. */
  | { readonly type: "deadline"; readonly at: number };
