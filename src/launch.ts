import type { Config } from "./core/config.ts";
import { placement } from "./core/signal_mode.ts";
import type { SpawnFailure } from "./core/verdict.ts";
import type { Child } from "./host/child.ts";
import type { LaunchHost } from "./host/launch_host.ts";

/** A command that was started, or not. */
export interface Launched {
  /** Just before that, on the host's clock. */
  readonly startedAt: number;
  readonly child: Child | SpawnFailure;
}

/** Supervises what was launched to its end and returns bailout's exit code. */
export type Supervise = (launched: Launched) => Promise<number>;

/**
 * Runs one command to its end and returns bailout's exit code. The command is started first: it needn't
 * wait until all that looks after it is loaded, and its pipes and the held signals wait for that.
 * @throws whatever is a fault of bailout itself, after killing the child's tree.
 */
export async function launch(
  { command, signalMode }: Pick<Config, "command" | "signalMode">,
  host: LaunchHost,
  loadSupervise: () => Promise<Supervise>,
): Promise<number> {
  const place = placement(signalMode, host.interactive);
  const startedAt = host.clock.now();
  try {
    const child = host.spawn(command, place.ownSession);
    if (!("kind" in child)) {
      host.tree.adopt(child.pid, place);
      // Whoever waits for the status itself hears of it when that fails.
      child.status.then(() => host.tree.leaderExited()).catch(() => {});
    }
    const supervise = await loadSupervise();
    return await supervise({ startedAt, child });
  } catch (error) {
    host.tree.stop("SIGKILL");
    throw error;
  }
}
