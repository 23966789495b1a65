import { type Argv, splitArgv } from "./cli/argv.ts";
import { isPlain } from "./cli/detection_settings.ts";
import { readSettings, type Settings } from "./cli/settings.ts";
import { type Subcommand, subcommandOf, subcommandWords } from "./cli/subcommand.ts";
import { UsageError } from "./cli/usage_error.ts";
import { EXIT_INTERNAL, EXIT_USAGE } from "./core/exit_code.ts";
import type { Rule } from "./core/rule.ts";
import { hideOwnVariables, readEnvironment } from "./host/environment.ts";
import { createLaunchHost } from "./host/launch_host.ts";
import { Outlet } from "./host/outlet.ts";
import { launch } from "./launch.ts";

/**
 * The whole program: from the command line to the exit code. Never throws. What a run doesn't need to
 * start its command is loaded where it is needed: each kilobyte takes 60 µs of the start.
 */
export async function main(argv: readonly string[]): Promise<number> {
  let subcommand: Subcommand | undefined;
  try {
    const split = splitArgv(argv);
    subcommand = subcommandOf(split);
    const text = await informationText(split, subcommand);
    if (text !== undefined) return await say(text);
    switch (subcommand) {
      case "check":
        return await (await import("./subcommands.ts")).runCheck(subcommandWords(split));
      case "rules":
        return await (await import("./subcommands.ts")).runRules(subcommandWords(split));
      default:
        return await run(split);
    }
  } catch (error) {
    const { text, code } = describeFailure(error, subcommand);
    await new Outlet(Deno.stderr, () => {}).say(text);
    return code;
  }
}

async function run(argv: Argv): Promise<number> {
  // First of all, as it keeps the signals that arrive from now on.
  const host = createLaunchHost();
  const env = readEnvironment();
  const settings = readSettings(argv, env);
  // What is wrong with the rules has to be said before anything is started.
  const rules = isPlain(settings) ? undefined : await loadedRules(settings);
  hideOwnVariables(env);
  return await launch(settings, host, async () => {
    const { supervision } = await import("./run.ts");
    return await supervision(settings, env, rules, host);
  });
}

async function loadedRules(settings: Settings): Promise<readonly Rule[]> {
  const { loadRules } = await import("./load_rules.ts");
  return await loadRules(settings);
}

/** What is only asked for and not run: help and version. */
async function informationText(
  argv: Argv,
  subcommand: Subcommand | undefined,
): Promise<string | undefined> {
  const first = argv.command[1];
  const agentHelp = subcommand === "launch-agent" && (first === "--help" || first === "-h");
  if (!argv.help && !argv.version && !agentHelp) return undefined;
  const { launchAgentHelp, programHelp, versionText } = await import("./cli/information.ts");
  if (argv.help) return programHelp();
  if (argv.version) {
    return versionText({ deno: Deno.version.deno, target: Deno.build.target }) + "\n";
  }
  return launchAgentHelp();
}

async function say(text: string): Promise<number> {
  await new Outlet(Deno.stdout, () => {}).say(text);
  return 0;
}

function describeFailure(
  error: unknown,
  subcommand: Subcommand | undefined,
): { text: string; code: number } {
  if (error instanceof UsageError) {
    const hint = error.hint === undefined ? "" : ` (${error.hint})`;
    const help = subcommand === "check" || subcommand === "rules"
      ? `${subcommand} --help`
      : "--help";
    return { text: `bailout: ${error.message}${hint}\nTry 'bailout ${help}'.\n`, code: EXIT_USAGE };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { text: `bailout: internal error: ${reason}\n`, code: EXIT_INTERNAL };
}
