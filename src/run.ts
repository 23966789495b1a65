import type { Config } from "./core/config.ts";
import { createHost } from "./host/host.ts";
import type { LaunchHost } from "./host/launch_host.ts";
import type { Supervise } from "./launch.ts";
import { supervise } from "./supervisor.ts";

/** What looks after a child once it has been started: all that a launch doesn't need. */
export function supervision(config: Config, host: LaunchHost): Supervise {
  return (launched) => supervise(config, createHost(host), launched);
}
