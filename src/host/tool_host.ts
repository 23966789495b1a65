import { type Clock, systemClock } from "./clock.ts";
import type { Host, Writer } from "./host.ts";
import { type LogSource, openLogSource, probeLog } from "./log_source.ts";
import { loadCode } from "./machine_code.ts";

/** The world as the commands see it that start nothing: `check` and `rules`. */
export interface ToolHost {
  readonly stdout: Writer;
  readonly stderr: Writer;
  readonly clock: Pick<Clock, "now">;
  /** Colours are wanted on stdout unless the user says otherwise. */
  readonly colorful: boolean;
  /** A person watches stderr. */
  readonly watched: boolean;
  readonly loadCode: Host["loadCode"];
  /** @throws {LogError} if there is no such log; opens nothing. */
  probeLog(path: string): Promise<void>;
  /** @throws {LogError} if the log can't be opened. */
  openLog(path: string): Promise<LogSource>;
}

export function createToolHost(): ToolHost {
  return {
    stdout: Deno.stdout,
    stderr: Deno.stderr,
    clock: systemClock,
    colorful: Deno.stdout.isTerminal() && !Deno.noColor,
    watched: Deno.stderr.isTerminal(),
    loadCode,
    probeLog,
    openLog: openLogSource,
  };
}
