import { CATEGORY_EXIT_CODES } from "../core/exit_code.ts";
import type { Rule } from "../core/rule.ts";
import { ruleData } from "./rule_data.ts";
import { matcherWords } from "./rule_words.ts";
import { cut, table } from "./table.ts";

/** Characters of the column that says what a rule recognises. */
const SHORT = 60;

const HEADINGS = ["ID", "CATEGORY", "WINDOW", "THRESHOLD", "CODE", "ACTION", "RECOGNISES"];

/** `bailout rules list` for people: one line a rule, in list order. */
export function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => [
    rule.id,
    rule.category,
    String(rule.window),
    String(rule.threshold),
    String(rule.exitCode ?? CATEGORY_EXIT_CODES[rule.category]),
    rule.action ?? "kill",
    cut(matcherWords(rule.matcher), SHORT),
  ]);
  return table([HEADINGS, ...rows]).join("\n") + "\n";
}

/** The same for programs: rules as rule files write them. */
export function ruleListJson(rules: readonly Rule[]): string {
  return JSON.stringify(rules.map(ruleData), undefined, 2) + "\n";
}
