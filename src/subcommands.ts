import { check } from "./check.ts";
import { checkHelp } from "./cli/check_help.ts";
import { readCheckSettings } from "./cli/check_settings.ts";
import { readRulesRequest } from "./cli/rules_settings.ts";
import { readEnvironment } from "./host/environment.ts";
import { Outlet } from "./host/outlet.ts";
import { createToolHost } from "./host/tool_host.ts";
import { loadRules } from "./load_rules.ts";
import { rulesCommand } from "./rules_command.ts";

/**
 * `bailout check WORDS`, to the exit code.
 * @throws {UsageError} if the words, a variable or a rule file is wrong.
 */
export async function runCheck(words: readonly string[]): Promise<number> {
  const settings = readCheckSettings(words, readEnvironment());
  if (settings === "help") {
    await new Outlet(Deno.stdout, () => {}).say(checkHelp());
    return 0;
  }
  return await check(settings, await loadRules(settings), createToolHost());
}

/** `bailout rules WORDS`, likewise. */
export async function runRules(words: readonly string[]): Promise<number> {
  return await rulesCommand(readRulesRequest(words, readEnvironment()), createToolHost());
}
