import { type Child, spawnChild } from "./child.ts";
import { type Clock, systemClock } from "./clock.ts";
import { LogFile } from "./log_file.ts";
import { ProcessTree } from "./process_tree.ts";
import { listenForSignals, surviveFileSizeLimit } from "./signal_listener.ts";
import type { SpawnFailure } from "../core/verdict.ts";

/** What writes to one of our own output streams. */
export interface Writer {
  write(bytes: Uint8Array): Promise<number>;
}

/** The world as the supervisor sees it; src/testing/fake_host.ts is another one. */
export interface Host {
  readonly clock: Clock;
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** Colours are wanted unless the user says otherwise. */
  readonly colorful: boolean;
  readonly tree: Pick<
    ProcessTree,
    "adopt" | "leaderExited" | "reap" | "gone" | "forward" | "stop" | "wake" | "suspend"
  >;
  spawn(command: readonly [string, ...string[]]): Child | SpawnFailure;
  listen<S extends Deno.Signal>(signals: readonly S[], listener: (s: S) => void): () => void;
  openLog(
    path: string,
    maxBytes: number,
    warn: (text: string) => void,
  ): Promise<Pick<LogFile, "write">>;
}

/** The real world. Makes this process the subreaper of all that it starts. */
export function createHost(): Host {
  surviveFileSizeLimit();
  return {
    clock: systemClock,
    stdout: Deno.stdout,
    stderr: Deno.stderr,
    colorful: Deno.stderr.isTerminal() && !Deno.noColor,
    tree: new ProcessTree(),
    spawn: spawnChild,
    listen: listenForSignals,
    openLog: LogFile.open,
  };
}
