import { CATEGORY_EXIT_CODES } from "../core/exit_code.ts";
import type { Rule } from "../core/rule.ts";
import type { Paint } from "./paint.ts";
import { ruleData } from "./rule_data.ts";
import { durationWord, matcherWords, thresholdWords } from "./rule_words.ts";
import { table, wrap } from "./table.ts";

const WIDTH = 96;

/** `bailout rules show ID` for people: everything on one rule. */
export function rulePage(rule: Rule, paint: Paint): string {
  return [
    paint.alarm(`${rule.id}: ${rule.title}`),
    "",
    ...table(facts(rule)),
    ...section("How to mend it", fixLines(rule)),
    ...section("Lines that it matches", exampleLines(rule.tests?.match)),
    ...section("Lines that it leaves alone", exampleLines(rule.tests?.noMatch)),
    "",
  ].join("\n");
}

/** The same for programs: the rule as rule files write it. */
export function rulePageJson(rule: Rule): string {
  return JSON.stringify(ruleData(rule), undefined, 2) + "\n";
}

function facts(rule: Rule): string[][] {
  const { matcher } = rule;
  const ways = matcher.kind === "facts"
    ? matcher.anyOf.map((one) => matcherWords({ kind: "facts", anyOf: [one] }))
    : [matcherWords(matcher)];
  const code = rule.exitCode ?? CATEGORY_EXIT_CODES[rule.category];
  const retryable = rule.retryable === undefined ? [] : [["retryable", yesNo(rule.retryable)]];
  return [
    ["reason", rule.reason],
    ["category", `${rule.category} (exit code ${code} with --exit-codes category)`],
    ["action", rule.action ?? "kill"],
    ...retryable,
    ["met when", thresholdWords(rule)],
    ...listed("recognises", ways),
    ...listed("except", rule.except ?? []),
    ...listed("cleared by", rule.clears ?? []),
    ...(rule.confirmMs === undefined
      ? []
      : [["confirm", `waits ${durationWord(rule.confirmMs)} for a clearing line`]]),
    ...(rule.streams === undefined ? [] : [["streams", rule.streams.join(", ")]]),
  ];
}

function listed(name: string, values: readonly string[]): string[][] {
  return values.map((value, index) => [index === 0 ? name : "", value]);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines];
}

function fixLines({ advice, docs }: Rule): string[] {
  const lines = advice === undefined ? [] : wrap(advice, WIDTH - 2);
  return [...lines, ...(docs === undefined ? [] : [docs])].map((line) => `  ${line}`);
}

function exampleLines(logs: readonly string[] = []): string[] {
  return logs.flatMap((log) =>
    log.split("\n").map((line, index) => `  ${index === 0 ? "-" : " "} ${line}`)
  );
}

function yesNo(value: boolean): string {
  return value ? "yes, the same may succeed later" : "no";
}
