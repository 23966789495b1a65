import { TOOLS } from "../../src/core/fact_forms.ts";
import { CLASSIC_RULES } from "../../src/core/rules/classic.ts";
import { DEFAULT_RULES } from "../../src/core/rules/default.ts";
import type { FactsPattern, JsonPattern, Matcher, Rule } from "../../src/core/rule.ts";
import { withHints } from "../../src/core/scan/rule_hints.ts";
import { STATUS_CODES, type StatusName } from "../../src/core/status.ts";
import { rule } from "../../src/testing/builders.ts";
import type { Dice } from "./dice.ts";

/** Words for the rules of `customRules`, few, so that thresholds are met. */
export const WORDS = ["alpha", "beta", "gamma", "delta", "clear", "ok"];

const TOOL_NAMES = TOOLS.map(([, tool]) => tool);

export function randomRules(dice: Dice): readonly Rule[] {
  return dice.oneOf(
    () => DEFAULT_RULES,
    () => CLASSIC_RULES,
    () => dice.some(DEFAULT_RULES, 0.6).map((rule) => ({ ...rule, ...varied(dice) })),
    () => dice.some(CLASSIC_RULES, 0.6).map((rule) => ({ ...rule, ...varied(dice) })),
    () => [...dice.some(DEFAULT_RULES, 0.3), ...customRules(dice)],
  );
}

/** Half of the time with hints as a rule file's rules get them, so that lines pass unread. */
export function customRules(dice: Dice): Rule[] {
  const rules = dice.times(dice.int(1, 4), () => custom(dice)).map((rule, index) => ({
    ...rule,
    id: `custom-${index}`,
  }));
  return dice.chance(0.5) ? [...withHints(rules)] : rules;
}

function custom(dice: Dice): Rule {
  const word = dice.pick(WORDS);
  const matcher = dice.oneOf<Matcher>(
    () => ({ kind: "pattern", pattern: word }),
    () => ({ kind: "pattern", pattern: `${word}|${dice.pick(WORDS)}` }),
    () => ({ kind: "pattern", pattern: `^\\s*${word}$` }),
    () => ({ kind: "pattern", pattern: randomPattern(dice) }),
    () => ({ kind: "sequence", first: word, then: dice.pick(WORDS), within: dice.int(1, 4) }),
    () => ({ kind: "facts", anyOf: dice.times(dice.int(1, 2), () => facts(dice)) }),
    () => ({ kind: "json", fields: { [dice.pick(["level", "msg"])]: dice.pick(["error", word]) } }),
    () => ({ kind: "json", fields: jsonFields(dice) }),
    () => ({ kind: "traceback" }),
  );
  const literal = matcher.kind === "pattern" && /^[\w ]+$/.test(matcher.pattern);
  const hinted = literal && dice.chance(0.5) ? { hints: [matcher.pattern] } : {};
  return rule({ matcher, ...hinted, ...varied(dice) });
}

/** Words in turn or as alternatives, repeated or left out, with something else in between. */
export function randomPattern(dice: Dice): string {
  const word = () => dice.pick(WORDS);
  return dice.times(dice.int(1, 3), () =>
    dice.oneOf(
      word,
      () => `(?:${word()}|${word()})`,
      () => `(?:${word()} )${dice.pick(["?", "*", "+", "{1,2}", "{2,}"])}`,
      () => `[${word()}]${word().slice(1)}`,
      () => `(?:${word()}: .*|${word()})`,
      () => word().slice(dice.int(0, 2)),
    )).join(dice.pick(["", " ", ": ", ".*", "\\b", "\\W+", "[ :]"]));
}

/** Values of the lines that derived_hints_test.ts and random_case.ts make. */
export function jsonFields(dice: Dice): JsonPattern {
  const names = dice.some(["level", "msg", "error.code", "error", "a/b"], 0.4).concat("msg");
  return Object.fromEntries(names.map((name) => [
    name,
    dice.oneOf<JsonPattern[string]>(
      () => dice.pick(WORDS),
      () => dice.pick([1, 403, 1000, true]),
      () => [dice.pick(WORDS), `${dice.pick(WORDS)}: ${dice.pick(WORDS)}`],
      () => [dice.pick(WORDS), 1000],
      () => `${dice.pick(WORDS)}/"${dice.pick(WORDS)}"`,
    ),
  ]));
}

function facts(dice: Dice): FactsPattern {
  return dice.oneOf<FactsPattern>(
    () => ({ status: dice.some(Object.keys(STATUS_CODES) as StatusName[], 0.4) }),
    () => ({ http: [403, 404, 503] }),
    () => ({ exception: ["KeyError", "ValueError", "PermissionDenied"] }),
    () => ({ tool: ["wandb", "grpc"], error: true }),
    () => ({ text: dice.pick(WORDS), lenient: dice.chance(0.5) }),
    () => ({ level: dice.some(["debug", "info", "warning", "error"] as const, 0.4) }),
    () => ({ error: dice.chance(0.7), text: dice.pick(WORDS) }),
    () => ({ text: randomPattern(dice), lenient: dice.chance(0.5) }),
    () => ({ tool: [dice.pick(TOOL_NAMES)], lenient: true }),
  );
}

/** How often a rule has to match, where, and what counts against it. */
function varied(dice: Dice): Partial<Rule> {
  const window = dice.pick([1, 2, 3, 5, 8, 20, 100]);
  return {
    window,
    threshold: dice.chance(0.4) ? 1 : dice.int(1, Math.min(window, 4)),
    ...maybe(dice, 0.3, { withinMs: dice.pick([0, 1, 20, 1000, 60_000]) }),
    ...maybe(dice, 0.3, { clears: dice.some(["clear", "ok", "succeeded|recovered"], 0.6) }),
    ...maybe(dice, 0.25, { confirmMs: dice.pick([1, 10, 50, 1000, 30_000]) }),
    ...maybe(dice, 0.15, { streams: [dice.pick(["stdout", "stderr"] as const)] }),
    ...maybe(dice, 0.15, { except: [dice.pick(WORDS), "retry"] }),
    ...maybe(dice, 0.3, { skipTracebackBody: dice.chance(0.5) }),
    ...maybe(dice, 0.1, { action: dice.pick(["warn", "observe", "kill"] as const) }),
  };
}

function maybe(dice: Dice, probability: number, fields: Partial<Rule>): Partial<Rule> {
  return dice.chance(probability) ? fields : {};
}
