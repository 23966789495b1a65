import type { StreamName } from "../core/line.ts";
import type { LoadCode } from "../core/scan/machine_search.ts";
import type { LaunchHost } from "./launch_host.ts";
import { LogFile } from "./log_file.ts";
import { loadCode } from "./machine_code.ts";
import { PipeTee } from "./pipe_tee.ts";
import { endStdout } from "./stdout_end.ts";
import { createSinks, type Sinks } from "./sinks/sinks.ts";

/** What writes to one of our own output streams. */
export interface Writer {
  write(bytes: Uint8Array): Promise<number>;
}

/** The world as the supervisor sees it; src/testing/fake_host.ts is another one. */
export interface Host extends LaunchHost {
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** Nothing will be written to stdout any more: its reader needn't wait for our exit. */
  endStdout(): void;
  /** Colours are wanted unless the user says otherwise. */
  readonly colorful: boolean;
  readonly sinks: Sinks;
  /** From the child's pipe at descriptor `from` straight to one of our own streams. */
  tee(from: number, to: StreamName): Pick<PipeTee, "possible" | "move">;
  readonly loadCode: LoadCode | undefined;
  openLog(
    path: string,
    maxBytes: number,
    warn: (text: string) => void,
  ): Promise<Pick<LogFile, "write">>;
}

/** The real world, which a command has been started in. */
export function createHost(launchHost: LaunchHost): Host {
  return {
    ...launchHost,
    stdout: Deno.stdout,
    stderr: Deno.stderr,
    endStdout,
    colorful: Deno.stderr.isTerminal() && !Deno.noColor,
    sinks: createSinks(launchHost.clock),
    tee: (from, to) => new PipeTee(from, to === "stdout" ? 1 : 2),
    loadCode,
    openLog: LogFile.open,
  };
}
