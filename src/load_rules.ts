import type { Settings } from "./cli/settings.ts";
import { suggest } from "./cli/suggest.ts";
import { UsageError } from "./cli/usage_error.ts";
import type { Rule } from "./core/rule.ts";
import { addRule, builtInRules } from "./core/rule_set.ts";
import { describeFileError } from "./host/file_error.ts";

/**
 * The profile's rules with the user's files merged in and the disabled ones left out.
 * @throws {UsageError} for a bad file, an unknown id, or a window that the ring buffer can't hold.
 */
export async function loadRules(settings: Settings): Promise<readonly Rule[]> {
  let rules = builtInRules(settings.profile);
  for (const path of settings.ruleFiles) rules = await addFile(rules, path, settings.sources.rules);
  for (const id of settings.disabled) checkKnown(id, rules, settings.sources.disable);
  const enabled = rules.filter((rule) => !settings.disabled.includes(rule.id));
  for (const rule of enabled) checkWindow(rule, settings);
  return enabled;
}

async function addFile(
  rules: readonly Rule[],
  path: string,
  source: string,
): Promise<readonly Rule[]> {
  const text = await readText(path, source);
  // The schema library and the regular expression parser cost start-up time: only when needed.
  const { parseRuleFile } = await import("./cli/rule_file.ts");
  for (const patch of parseRuleFile(text, path)) {
    try {
      rules = addRule(rules, patch);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new UsageError(
        `${path}: rule ${JSON.stringify(patch.id)} has no "${error.message}"`,
        "only a rule with the id of a built-in one may leave fields out",
      );
    }
  }
  return rules;
}

async function readText(path: string, source: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new UsageError(
      `${source}: cannot read ${JSON.stringify(path)}: ${describeFileError(error)}`,
    );
  }
}

function checkWindow(rule: Rule, { bufferLines, sources }: Settings): void {
  const id = JSON.stringify(rule.id);
  if (rule.threshold > rule.window) {
    throw new UsageError(
      `rule ${id}: a threshold of ${rule.threshold} lines can't be reached in a window of ${rule.window}`,
    );
  }
  if (rule.window > bufferLines) {
    throw new UsageError(
      `${sources.bufferLines}: a ring buffer of ${bufferLines} lines is smaller than the window of ` +
        `rule ${id} (${rule.window})`,
      `set --buffer-lines to ${rule.window} or more`,
    );
  }
}

function checkKnown(id: string, rules: readonly Rule[], source: string): void {
  const ids = rules.map((rule) => rule.id);
  if (ids.includes(id)) return;
  const nearest = suggest(id, ids);
  throw new UsageError(
    `${source}: there is no rule ${JSON.stringify(id)}`,
    ids.length === 0
      ? "there are no rules"
      : nearest === undefined
      ? `the rules are ${ids.join(", ")}`
      : `did you mean ${nearest}?`,
  );
}
