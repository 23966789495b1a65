import { type Argv, splitArgv } from "./cli/argv.ts";
import { launchAgentHelp, programHelp } from "./cli/help.ts";
import { readSettings } from "./cli/settings.ts";
import { type Subcommand, subcommandOf, subcommandWords } from "./cli/subcommand.ts";
import { UsageError } from "./cli/usage_error.ts";
import { versionText } from "./cli/version.ts";
import { EXIT_INTERNAL, EXIT_USAGE } from "./core/exit_code.ts";
import { secretValues } from "./core/secrets.ts";
import { hideOwnVariables, readEnvironment } from "./host/environment.ts";
import { createLaunchHost } from "./host/launch_host.ts";
import { Outlet } from "./host/outlet.ts";
import { createToolHost } from "./host/tool_host.ts";
import { launch } from "./launch.ts";
import { loadRules } from "./load_rules.ts";

/** The whole program: from the command line to the exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  let subcommand: Subcommand | undefined;
  try {
    const split = splitArgv(argv);
    subcommand = subcommandOf(split);
    const text = informationText(split, subcommand);
    if (text !== undefined) return await say(text);
    switch (subcommand) {
      case "check":
        return await runCheck(subcommandWords(split));
      case "rules":
        return await runRules(subcommandWords(split));
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
  const rules = await loadRules(settings);
  hideOwnVariables(env);
  const config = { ...settings, rules, secrets: secretValues(env) };
  return await launch(config, host, async () => {
    const { supervision } = await import("./run.ts");
    return supervision(config, host);
  });
}

// A run needs nothing of these: they are loaded where they are asked for.
async function runCheck(words: readonly string[]): Promise<number> {
  const { readCheckSettings } = await import("./cli/check_settings.ts");
  const settings = readCheckSettings(words, readEnvironment());
  if (settings === "help") {
    const { checkHelp } = await import("./cli/check_help.ts");
    return await say(checkHelp());
  }
  const { check } = await import("./check.ts");
  return await check(settings, await loadRules(settings), createToolHost());
}

async function runRules(words: readonly string[]): Promise<number> {
  const { readRulesRequest } = await import("./cli/rules_settings.ts");
  const request = readRulesRequest(words, readEnvironment());
  const { rulesCommand } = await import("./rules_command.ts");
  return await rulesCommand(request, createToolHost());
}

/** What is only asked for and not run: help and version. */
function informationText(argv: Argv, subcommand: Subcommand | undefined): string | undefined {
  if (argv.help) return programHelp();
  if (argv.version) {
    return versionText({ deno: Deno.version.deno, target: Deno.build.target }) + "\n";
  }
  const first = argv.command[1];
  if (subcommand === "launch-agent" && (first === "--help" || first === "-h")) {
    return launchAgentHelp();
  }
  return undefined;
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
