import { type Argv, splitArgv } from "./cli/argv.ts";
import { launchAgentHelp, programHelp } from "./cli/help.ts";
import { LAUNCH_AGENT, readSettings } from "./cli/settings.ts";
import { UsageError } from "./cli/usage_error.ts";
import { versionText } from "./cli/version.ts";
import { EXIT_INTERNAL, EXIT_USAGE } from "./core/exit_code.ts";
import { hideOwnVariables, readEnvironment } from "./host/environment.ts";
import { createHost } from "./host/host.ts";
import { Outlet } from "./host/outlet.ts";
import { loadRules } from "./load_rules.ts";
import { supervise } from "./supervisor.ts";

/** The whole program: from the command line to the exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const split = splitArgv(argv);
    const text = informationText(split);
    if (text === undefined) return await run(split);
    await new Outlet(Deno.stdout, () => {}).say(text);
    return 0;
  } catch (error) {
    const { text, code } = describeFailure(error);
    await new Outlet(Deno.stderr, () => {}).say(text);
    return code;
  }
}

async function run(argv: Argv): Promise<number> {
  const env = readEnvironment();
  const settings = readSettings(argv, env);
  const rules = await loadRules(settings);
  hideOwnVariables(env);
  return await supervise({ ...settings, rules }, createHost());
}

/** What is only asked for and not run: help and version. */
function informationText(argv: Argv): string | undefined {
  if (argv.help) return programHelp();
  if (argv.version) {
    return versionText({ deno: Deno.version.deno, target: Deno.build.target }) + "\n";
  }
  const [command, first] = argv.verbatim ? [] : argv.command;
  if (command === LAUNCH_AGENT.subcommand && (first === "--help" || first === "-h")) {
    return launchAgentHelp();
  }
  return undefined;
}

function describeFailure(error: unknown): { text: string; code: number } {
  if (error instanceof UsageError) {
    const hint = error.hint === undefined ? "" : ` (${error.hint})`;
    return {
      text: `bailout: ${error.message}${hint}\nTry 'bailout --help'.\n`,
      code: EXIT_USAGE,
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { text: `bailout: internal error: ${reason}\n`, code: EXIT_INTERNAL };
}
