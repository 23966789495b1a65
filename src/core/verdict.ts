import type { Finding } from "./finding.ts";
import type { SignalName } from "./signals.ts";

/** How the child ended, as wait(2) tells it; `code` is 128+n where signal n ended it. */
export interface ChildStatus {
  readonly code: number;
  readonly signal: string | undefined;
}

/** Why a command could not be started. */
export interface SpawnFailure {
  readonly kind: "not-found" | "not-executable" | "no-room";
  /** The reason in words, to follow the command's name. */
  readonly detail: string;
}

/** Why a run ended: the first cause, which never changes. */
export type Verdict =
  | {
    readonly cause: "finding";
    readonly finding: Finding;
    readonly child?: ChildStatus | undefined;
  }
  | { readonly cause: "exit"; readonly child: ChildStatus }
  | {
    readonly cause: "signal";
    readonly signal: SignalName;
    readonly child?: ChildStatus | undefined;
  }
  | { readonly cause: "spawn-failure"; readonly failure: SpawnFailure };
