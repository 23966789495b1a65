import type { Finding } from "./finding.ts";
import type { ForwardedSignal } from "./signals.ts";
import type { ChildStatus, SpawnFailure } from "./verdict.ts";

/** What can happen to a run. `at` is in ms on the monotonic clock. */
export type Event =
  & { readonly at: number }
  & (
    | { readonly type: "spawned"; readonly pid: number }
    | { readonly type: "spawn-failed"; readonly failure: SpawnFailure }
    | { readonly type: "finding"; readonly finding: Finding }
    | { readonly type: "signal"; readonly signal: ForwardedSignal }
    | { readonly type: "child-exited"; readonly status: ChildStatus; readonly treeGone: boolean }
    | { readonly type: "tree-gone" }
    | { readonly type: "drained" }
    /** `writing`: output that was read from the child still waits for a slow reader of ours. */
    | { readonly type: "deadline"; readonly writing: boolean }
  );
