import { type Child, spawnChild } from "./child.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { StreamName } from "../core/line.ts";
import type { LoadCode } from "../core/scan/machine_search.ts";
import { LogFile } from "./log_file.ts";
import { loadCode } from "./machine_code.ts";
import { PipeTee } from "./pipe_tee.ts";
import { ProcessTree } from "./process_tree.ts";
import { resetSignals } from "./signal_defaults.ts";
import { holdSignals, listenForSignals, surviveFileSizeLimit } from "./signal_listener.ts";
import { FORWARDED_SIGNALS } from "../core/signals.ts";
import { createSinks, type Sinks } from "./sinks/sinks.ts";
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
  /** stdin is a terminal. */
  readonly interactive: boolean;
  readonly tree: Pick<
    ProcessTree,
    "adopt" | "leaderExited" | "reap" | "gone" | "forward" | "stop" | "wake" | "suspend"
  >;
  readonly sinks: Sinks;
  spawn(command: readonly [string, ...string[]], ownSession: boolean): Child | SpawnFailure;
  /** From the child's pipe at descriptor `from` straight to one of our own streams. */
  tee(from: number, to: StreamName): Pick<PipeTee, "possible" | "move">;
  readonly loadCode: LoadCode | undefined;
  listen<S extends Deno.Signal>(signals: readonly S[], listener: (s: S) => void): () => void;
  openLog(
    path: string,
    maxBytes: number,
    warn: (text: string) => void,
  ): Promise<Pick<LogFile, "write">>;
}

/**
 * The real world. Makes this process the subreaper of all that it starts. Signals that arrive from now
 * on are kept for whoever listens to them first.
 */
export function createHost(): Host {
  const { hangupIgnored } = resetSignals();
  const held = holdSignals(FORWARDED_SIGNALS);
  surviveFileSizeLimit();
  return {
    clock: systemClock,
    stdout: Deno.stdout,
    stderr: Deno.stderr,
    colorful: Deno.stderr.isTerminal() && !Deno.noColor,
    interactive: Deno.stdin.isTerminal(),
    tree: new ProcessTree(),
    sinks: createSinks(systemClock),
    spawn: spawnChild,
    tee: (from, to) => new PipeTee(from, to === "stdout" ? 1 : 2),
    listen(signals, listener) {
      // A listener of its own keeps SIGHUP from us and leaves the child the default.
      const wanted = (signal: Deno.Signal) => signal !== "SIGHUP" || !hangupIgnored;
      const dispose = listenForSignals(signals, (signal) => wanted(signal) && listener(signal));
      // Not before the caller has started its child: it goes on at once, and this comes after it.
      for (const signal of held.release(signals)) {
        if (wanted(signal)) queueMicrotask(() => listener(signal));
      }
      return dispose;
    },
    loadCode,
    openLog: LogFile.open,
  };
}
