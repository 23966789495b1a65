import type { RuleChoice } from "./cli/detection_settings.ts";
import type { FileRule } from "./cli/rule_file.ts";
import { suggest } from "./cli/suggest.ts";
import { UsageError } from "./cli/usage_error.ts";
import type { Rule } from "./core/rule.ts";
import { addRule, builtInRules } from "./core/rule_set.ts";
import { describeFileError } from "./host/file_error.ts";

/** The rules to look for, and what of them the user's files say. */
export interface LoadedRules {
  /** In list order, without the disabled ones. */
  readonly rules: readonly Rule[];
  /** In the order of the files. */
  readonly fromFiles: readonly FileRule[];
}

/**
 * The profile's rules with the user's files merged in and the disabled ones left out.
 * @throws {UsageError} for a bad file, an unknown id, or a window that the ring buffer can't hold.
 */
export async function loadRules(choice: RuleChoice): Promise<readonly Rule[]> {
  return (await loadRulesAndFiles(choice)).rules;
}

/** As `loadRules`, with the files' own rules. */
export async function loadRulesAndFiles(choice: RuleChoice): Promise<LoadedRules> {
  let rules = builtInRules(choice.profile);
  const fromFiles = new Map<string, FileRule>();
  for (const path of choice.ruleFiles) {
    for (const rule of await readFile(path, choice.sources.rules)) {
      refuseDouble(rule, fromFiles.get(rule.patch.id));
      fromFiles.set(rule.patch.id, rule);
      rules = merge(rules, rule);
    }
  }
  for (const id of choice.disabled) checkKnown(id, rules, choice.sources.disable);
  const enabled = rules.filter((rule) => !choice.disabled.includes(rule.id));
  for (const rule of enabled) checkWindow(rule, fromFiles.get(rule.id), choice);
  return { rules: await hinted(enabled, choice), fromFiles: [...fromFiles.values()] };
}

async function readFile(path: string, source: string): Promise<readonly FileRule[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw new UsageError(
      `${source}: cannot read ${JSON.stringify(path)}: ${describeFileError(error)}`,
    );
  }
  // The schema library and the parsers cost start-up time: only when needed.
  const { parseRuleFile } = await import("./cli/rule_file.ts");
  return parseRuleFile(text, path);
}

/** A rule without hints has every line of the child decoded; the built-in ones have theirs. */
async function hinted(rules: readonly Rule[], choice: RuleChoice): Promise<readonly Rule[]> {
  if (choice.ruleFiles.length === 0) return rules;
  // It needs the parser of regular expressions, which costs start-up time.
  const { withHints } = await import("./core/scan/rule_hints.ts");
  return withHints(rules);
}

function refuseDouble(rule: FileRule, earlier: FileRule | undefined): void {
  if (earlier === undefined) return;
  throw new UsageError(`${rule.place(["id"])} stands already at ${earlier.where(["id"])}`);
}

function merge(rules: readonly Rule[], rule: FileRule): readonly Rule[] {
  try {
    return addRule(rules, rule.patch);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const lacking = error.message === "matcher"
      ? '"pattern", "facts" or "json"'
      : JSON.stringify(error.message);
    const nearest = suggest(rule.patch.id, rules.map(({ id }) => id));
    throw new UsageError(
      `${rule.place()} has no ${lacking}`,
      nearest === undefined
        ? "only a rule with the id of a built-in one may leave fields out"
        : `did you mean the built-in ${nearest}?`,
    );
  }
}

function checkWindow(rule: Rule, file: FileRule | undefined, choice: RuleChoice): void {
  const named = (field: "window" | "threshold") =>
    file !== undefined && file.patch[field] !== undefined;
  if (rule.threshold > rule.window) {
    const field = named("threshold") || !named("window") ? "threshold" : "window";
    const place = file?.place([field]) ?? `rule ${JSON.stringify(rule.id)}`;
    throw new UsageError(
      `${place}: a threshold of ${rule.threshold} lines can't be reached in a ` +
        `window of ${rule.window}`,
    );
  }
  if (rule.window <= choice.bufferLines) return;
  const hint = `set --buffer-lines to ${rule.window} or more`;
  if (named("window")) {
    throw new UsageError(
      `${file!.place(["window"])} must be at most the ring buffer's ${choice.bufferLines} lines, ` +
        `got ${rule.window}`,
      hint,
    );
  }
  throw new UsageError(
    `${choice.sources.bufferLines}: a ring buffer of ${choice.bufferLines} lines is smaller than ` +
      `the window of rule ${JSON.stringify(rule.id)} (${rule.window})`,
    hint,
  );
}

function checkKnown(id: string, rules: readonly Rule[], source: string): void {
  if (rules.some((rule) => rule.id === id)) return;
  throw unknownRule(`${source}: there is no rule`, id, rules);
}

/** `beginning` is followed by the id that there isn't. */
export function unknownRule(beginning: string, id: string, rules: readonly Rule[]): UsageError {
  const ids = rules.map((rule) => rule.id);
  const nearest = suggest(id, ids);
  return new UsageError(
    `${beginning} ${JSON.stringify(id)}`,
    ids.length === 0
      ? "there are no rules"
      : nearest === undefined
      ? `the rules are ${ids.join(", ")}`
      : `did you mean ${nearest}?`,
  );
}
