import { parse as parseJsonc } from "@std/jsonc";
import { CATEGORIES } from "../core/rule.ts";
import type { RulePatch } from "../core/rule_set.ts";
import { checkPattern } from "./rule_pattern.ts";
import { UsageError } from "./usage_error.ts";
import * as v from "valibot";

const whole = v.pipe(v.number(), v.integer("must be a whole number"));
const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const lines = (least: number) => v.pipe(whole, v.minValue(least));

const RuleSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case words and hyphens")),
  category: v.optional(v.picklist(CATEGORIES)),
  title: v.optional(text),
  reason: v.optional(text),
  pattern: v.optional(text),
  window: v.optional(lines(1)),
  threshold: v.optional(lines(1)),
  exitCode: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(255))),
});

const FileSchema = v.strictObject({ $schema: v.optional(v.string()), rules: v.array(v.unknown()) });

type RuleData = v.InferOutput<typeof RuleSchema>;

/**
 * The rules of a `--rules` file: JSON with comments, `{"rules": [{"id": …}, …]}`.
 * @throws {UsageError} naming the file, the rule, the field and the value.
 */
export function parseRuleFile(text: string, path: string): RulePatch[] {
  const file = check(FileSchema, readJson(text, path), path);
  const seen = new Set<string>();
  return file.rules.map((entry, index) => {
    const rule = check(RuleSchema, entry, `${path}: ${nameOf(entry, index)}`);
    if (seen.has(rule.id)) {
      throw new UsageError(`${path}: rule ${JSON.stringify(rule.id)} stands there twice`);
    }
    seen.add(rule.id);
    return toPatch(rule, path);
  });
}

function readJson(text: string, path: string): unknown {
  try {
    return parseJsonc(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path} is not JSON with comments: ${reason}`);
  }
}

function toPatch({ pattern, ...fields }: RuleData, path: string): RulePatch {
  if (pattern === undefined) return withoutUndefined(fields);
  const problem = checkPattern(pattern);
  if (problem !== undefined) {
    throw new UsageError(
      `${path}: rule ${JSON.stringify(fields.id)}: pattern ${JSON.stringify(pattern)} ${problem}`,
    );
  }
  return withoutUndefined({ ...fields, matcher: { kind: "pattern", pattern } });
}

/** An absent field must not overwrite the built-in one with `undefined`. */
function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, x]) => x !== undefined)) as T;
}

function nameOf(entry: unknown, index: number): string {
  const id = typeof entry === "object" && entry !== null && "id" in entry ? entry.id : undefined;
  return typeof id === "string" ? `rule ${JSON.stringify(id)}` : `rule number ${index + 1}`;
}

function check<S extends v.GenericSchema>(
  schema: S,
  data: unknown,
  where: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, data, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  const value = issue.received === "undefined" ? "" : `, got ${issue.received}`;
  const problem = issue.type === "strict_object" && issue.expected === "never"
    ? "is not a known field"
    : issue.type === "strict_object" && issue.received === "undefined"
    ? "is missing"
    : issue.type === "non_empty"
    ? issue.message
    : issue.type === "integer" || issue.type === "regex"
    ? issue.message + value
    : `must be ${issue.expected}${value}`;
  throw new UsageError(`${where}: ${field === null ? "" : `field "${field}" `}${problem}`);
}
