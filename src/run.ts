import type { Settings } from "./cli/settings.ts";
import type { Rule } from "./core/rule.ts";
import { secretValues } from "./core/secrets.ts";
import { createHost } from "./host/host.ts";
import type { LaunchHost } from "./host/launch_host.ts";
import type { Supervise } from "./launch.ts";
import { loadRules } from "./load_rules.ts";
import { supervise } from "./supervisor.ts";

/**
 * What looks after a child once it has been started: all that a launch doesn't need. `rules` are
 * those of the settings where they have been loaded before, `env` is ours.
 */
export async function supervision(
  settings: Settings,
  env: Readonly<Record<string, string>>,
  rules: readonly Rule[] | undefined,
  host: LaunchHost,
): Promise<Supervise> {
  const config = {
    ...settings,
    rules: rules ?? await loadRules(settings),
    secrets: secretValues(env),
  };
  return (launched) => supervise(config, createHost(host), launched);
}
