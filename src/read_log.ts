import { UsageError } from "./cli/usage_error.ts";
import { LogError } from "./host/log_source.ts";
import type { Outlet } from "./host/outlet.ts";
import type { ToolHost } from "./host/tool_host.ts";
import { Progress } from "./progress.ts";

export interface ReadOptions {
  readonly host: ToolHost;
  /** Where the progress bar goes, if a person watches. */
  readonly stderr: Outlet;
  /** Gets each chunk; false when it has enough. */
  readonly take: (chunk: Uint8Array, progress: Progress | undefined) => boolean;
}

/** @throws {UsageError} if there is no such log. */
export async function probeLog(file: string, host: ToolHost): Promise<void> {
  try {
    await host.probeLog(file);
  } catch (error) {
    throw asUsageError(error, file);
  }
}

/**
 * Reads a log to its end, or until `take` has enough.
 * @throws {UsageError} if it can't be read.
 */
export async function readLog(file: string, { host, stderr, take }: ReadOptions): Promise<void> {
  try {
    const source = await host.openLog(file);
    const { size } = source;
    const progress = host.watched && size !== undefined
      ? new Progress(stderr, host.clock, size)
      : undefined;
    try {
      for await (const chunk of source.chunks()) {
        if (!take(chunk, progress)) break;
        progress?.update(source.position);
      }
    } finally {
      progress?.clear();
      source.close();
      await stderr.flushed();
    }
  } catch (error) {
    throw asUsageError(error, file);
  }
}

function asUsageError(error: unknown, file: string): unknown {
  if (!(error instanceof LogError)) return error;
  return new UsageError(`cannot read ${JSON.stringify(file)}: ${error.message}`);
}
