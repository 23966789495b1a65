import * as v from "valibot";
import { FactsSchema, FileSchema, RuleSchema } from "./rule_schema.ts";
import type { Path } from "./rule_source.ts";
import { suggest } from "./suggest.ts";

/** What is wrong with a rule file's value: a sentence without its place, and a hint. */
export interface Problem {
  /** Where in the value that was checked. */
  readonly path: Path;
  readonly sentence: string;
  readonly hint: string | undefined;
}

/** Longest value that a message quotes, in UTF-16 units. */
const MAX_QUOTED = 60;

const TESTS = { match: true, noMatch: true };

/** The first thing in `data` that the schema doesn't allow; else what the schema makes of it. */
export function check<S extends v.GenericSchema>(
  schema: S,
  data: unknown,
): { ok: true; value: v.InferOutput<S> } | { ok: false; problem: Problem } {
  const result = v.safeParse(schema, data, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  return { ok: false, problem: describe(result.issues[0], data) };
}

/** `field "facts[0].status"`, as a person would write it; `undefined` for the whole. */
export function fieldName(path: Path): string | undefined {
  if (path.length === 0) return undefined;
  const name = path.map((step, index) =>
    typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`
  ).join("");
  return `field ${JSON.stringify(name)}`;
}

/** A value as the file has it, or the beginning of it. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= MAX_QUOTED ? text : `${text.slice(0, MAX_QUOTED)}…`;
}

function describe(issue: v.BaseIssue<unknown>, data: unknown): Problem {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const field = fieldName(path);
  const subject = field === undefined ? "" : `${field} `;
  if (issue.type === "strict_object" && issue.expected === "never") {
    const key = String(path.at(-1));
    const nearest = suggest(key, keysAround(path, data));
    const hint = nearest === undefined ? undefined : `did you mean ${nearest}?`;
    return { path, sentence: `${subject}is not a known field`, hint };
  }
  const missing = issue.type === "strict_object" && issue.received === "undefined";
  if (missing) return { path, sentence: `${subject}is missing`, hint: undefined };
  const silent = issue.type === "non_empty" || issue.type === "min_length";
  const got = silent ? "" : `, got ${quote(issue.input)}`;
  return { path, sentence: `${subject}${issue.message}${got}`, hint: undefined };
}

/** The keys that may stand where an unknown one does. */
function keysAround(path: Path, data: unknown): readonly string[] {
  const [outer] = path;
  if (path.length > 1) return Object.keys(outer === "tests" ? TESTS : FactsSchema.entries);
  const isFile = typeof data === "object" && data !== null && "rules" in data;
  return Object.keys(isFile ? FileSchema.entries : RuleSchema.entries);
}
