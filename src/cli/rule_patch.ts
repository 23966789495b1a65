import type { FactsPattern, Matcher, RuleTests } from "../core/rule.ts";
import type { RulePatch } from "../core/rule_set.ts";
import { parseDuration } from "./duration.ts";
import { checkPattern } from "./rule_pattern.ts";
import { fieldName, type Problem, quote } from "./rule_problem.ts";
import type { FactsData, RuleData } from "./rule_schema.ts";
import type { Path } from "./rule_source.ts";

const WAYS = ["pattern", "facts", "json"] as const;

/** What the schema can't say of a rule: good patterns and durations, one way to recognise a line. */
export function findProblem(data: RuleData): Problem | undefined {
  const [, second] = WAYS.filter((way) => data[way] !== undefined);
  if (second !== undefined) {
    return problem([second], "stands beside another", "a rule has one of pattern, facts and json");
  }
  for (const way of ["facts", "json"] as const) {
    for (const [index, one] of many(data[way]).entries()) {
      if (Object.keys(one).length > 0) continue;
      const path = Array.isArray(data[way]) ? [way, index] : [way];
      return problem(path, "is empty, and so would fit every line");
    }
  }
  for (const [path, pattern] of patternsOf(data)) {
    const wrong = checkPattern(pattern);
    if (wrong !== undefined) return valueProblem(path, pattern, wrong);
  }
  for (const field of ["within", "confirm"] as const) {
    const text = data[field];
    if (text === undefined) continue;
    try {
      parseDuration(text);
    } catch (error) {
      const hint = error instanceof Error ? error.message : undefined;
      return valueProblem([field], text, "is not a duration", hint);
    }
  }
  return undefined;
}

/** The rule in the engine's form, with only the fields that the file names. */
export function toPatch(data: RuleData): RulePatch {
  const { pattern, facts, json, within, confirm, except, clears, streams, tests, ...same } = data;
  const matcher: Matcher | undefined = pattern !== undefined
    ? { kind: "pattern", pattern }
    : facts !== undefined
    ? { kind: "facts", anyOf: many(facts).map(toFacts) }
    : json !== undefined
    ? { kind: "json", fields: json }
    : undefined;
  return withoutUndefined({
    ...same,
    matcher,
    except: except && many(except),
    clears: clears && many(clears),
    streams: streams && many(streams),
    withinMs: within && parseDuration(within),
    confirmMs: confirm && parseDuration(confirm),
    tests: tests && toTests(tests),
  }) as RulePatch;
}

function toFacts({ status, http, exception, tool, text }: FactsData): FactsPattern {
  return withoutUndefined({
    status: status && many(status),
    http: http === undefined ? undefined : many(http),
    exception: exception && many(exception),
    tool: tool && many(tool),
    text,
  }) as FactsPattern;
}

function toTests({ match, noMatch }: NonNullable<RuleData["tests"]>): RuleTests {
  return withoutUndefined({
    match: match && many(match),
    noMatch: noMatch && many(noMatch),
  }) as RuleTests;
}

function patternsOf(data: RuleData): [Path, string][] {
  const found: [Path, string][] = [];
  if (data.pattern !== undefined) found.push([["pattern"], data.pattern]);
  for (const [index, { text }] of many(data.facts).entries()) {
    const path = Array.isArray(data.facts) ? ["facts", index, "text"] : ["facts", "text"];
    if (text !== undefined) found.push([path, text]);
  }
  for (const field of ["except", "clears"] as const) {
    for (const [index, pattern] of many(data[field]).entries()) {
      found.push([Array.isArray(data[field]) ? [field, index] : [field], pattern]);
    }
  }
  return found;
}

function problem(path: Path, text: string, hint?: string): Problem {
  return { path, sentence: `${fieldName(path)} ${text}`, hint };
}

function valueProblem(path: Path, value: string, text: string, hint?: string): Problem {
  return { path, sentence: `${fieldName(path)}: ${quote(value)} ${text}`, hint };
}

function many<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** An absent field must not overwrite the built-in one with `undefined`. */
function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, x]) => x !== undefined));
}
