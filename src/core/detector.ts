import { fieldAt, type JsonObject } from "./json_line.ts";
import type { Line } from "./line.ts";
import type { FactsPattern, JsonPattern, Rule } from "./rule.ts";
import type { Statement } from "./statement.ts";

/** Tells, line by line, where in the line a rule's sign stands. */
export interface Detector {
  readonly rule: Rule;
  /** Index of the match in the line's text, or -1. Every line must be shown, in order of arrival. */
  find(statement: Statement): number;
  /** One of these literals stands in every line that `find` can match; `undefined`: any line may. */
  readonly hints: readonly string[] | undefined;
  /** And one of these, if there are any. */
  readonly alsoHints: readonly string[] | undefined;
  /** Or the line may have a status (`mayHaveStatus`). */
  readonly readsStatus: boolean;
  /** Whether the rule doesn't look at the line, or one of its `except` patterns rules it out. */
  rejects(line: Line): boolean;
}

/** @throws {SyntaxError} if a pattern of the rule is not a regular expression. */
export function createDetector(rule: Rule): Detector {
  const find = finder(rule);
  const excepted = anyOf(rule, rule.except);
  const { streams, skipTracebackBody } = rule;
  const ignores = (line: Line) => streams !== undefined && !streams.includes(line.stream);
  const excepts = (line: Line) => excepted?.test(line.text) ?? false;
  return {
    rule,
    rejects: (line) => ignores(line) || excepts(line),
    hints: rule.hints,
    alsoHints: rule.alsoHints,
    readsStatus: readsStatus(rule),
    find(statement) {
      if (ignores(statement.line)) return -1;
      if (skipTracebackBody && statement.role === "body") return -1;
      const index = find(statement);
      return index !== -1 && excepts(statement.line) ? -1 : index;
    },
  };
}

function readsStatus({ matcher }: Rule): boolean {
  return matcher.kind === "facts" &&
    matcher.anyOf.some(({ status, http }) => status !== undefined || http !== undefined);
}

/** One expression for all of a rule's `except` or `clears` patterns; `undefined` for none. */
export function anyOf(rule: Rule, patterns: readonly string[] | undefined): RegExp | undefined {
  if (patterns === undefined || patterns.length === 0) return undefined;
  return compile(rule, patterns.map((pattern) => `(?:${pattern})`).join("|"));
}

function finder(rule: Rule): (statement: Statement) => number {
  const { matcher } = rule;
  switch (matcher.kind) {
    case "pattern": {
      const pattern = compile(rule, matcher.pattern);
      return ({ line }) => line.text.search(pattern);
    }
    case "sequence":
      return sequence(compile(rule, matcher.first), compile(rule, matcher.then), matcher.within);
    case "facts": {
      const alternatives = matcher.anyOf.map((pattern) => factsTest(rule, pattern));
      return (statement) => {
        if (!alternatives.some((test) => test(statement))) return -1;
        const { evidence } = statement.facts;
        return evidence === undefined ? 0 : Math.max(statement.line.text.indexOf(evidence), 0);
      };
    }
    case "json": {
      const { fields } = matcher;
      return ({ json }) => json !== undefined && fieldsFit(fields, json.object) ? 0 : -1;
    }
    case "traceback":
      // Whole tracebacks reach the rule through the tracker (monitor.ts), not line by line.
      return () => -1;
  }
}

function sequence(first: RegExp, then: RegExp, within: number): (statement: Statement) => number {
  let firstAt = -Infinity;
  return ({ line }) => {
    const index = line.number - firstAt <= within ? line.text.search(then) : -1;
    if (first.test(line.text)) firstAt = line.number;
    return index;
  };
}

function factsTest(rule: Rule, pattern: FactsPattern): (statement: Statement) => boolean {
  const text = pattern.text === undefined ? undefined : compile(rule, pattern.text);
  const fits = <T>(wanted: readonly T[] | undefined, has: (value: T) => boolean) =>
    wanted === undefined || wanted.some(has);
  const needsHint = pattern.status !== undefined || pattern.http !== undefined;
  return (statement) => {
    // The cheap tests first: most lines have no such words.
    if (needsHint && !statement.mayHaveStatus) return false;
    if (text !== undefined && !text.test(statement.text)) return false;
    const { status, http, exception, error } = statement.facts;
    return fits(pattern.status, (name) => status.has(name)) &&
      fits(pattern.http, (code) => http.has(code)) &&
      fits(pattern.exception, (name) => exception === name) &&
      fits(pattern.tool, (tool) => statement.tools.has(tool)) &&
      (pattern.error === undefined || pattern.error === error) &&
      fits(pattern.level, (level) => statement.level === level) &&
      !isDismissed(statement, pattern.lenient ?? false);
  };
}

function isDismissed({ dismissal }: Statement, lenient: boolean): boolean {
  return dismissal !== undefined && !(lenient && dismissal.soft);
}

function fieldsFit(fields: JsonPattern, object: JsonObject): boolean {
  return Object.entries(fields).every(([path, wanted]) => {
    const value = fieldAt(object, path);
    return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
  });
}

function compile(rule: Rule, pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*: /, "") : String(error);
    throw new SyntaxError(`rule ${rule.id}: pattern /${pattern}/ is not valid: ${reason}`);
  }
}
