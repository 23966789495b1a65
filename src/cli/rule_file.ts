import type { RulePatch } from "../core/rule_set.ts";
import { findProblem, toPatch } from "./rule_patch.ts";
import { check, fieldName, type Problem } from "./rule_problem.ts";
import { FileSchema, RuleSchema } from "./rule_schema.ts";
import { type Path, RuleSource } from "./rule_source.ts";
import { UsageError } from "./usage_error.ts";

/** A rule of a `--rules` file, and where it stands. */
export interface FileRule {
  readonly patch: RulePatch;
  /** `rules.jsonc:7`, the line of what stands at `path` in the rule. */
  where(path?: Path): string;
  /** `rules.jsonc:7: rule "mine": field "window"`, for the beginning of a sentence. */
  place(path?: Path): string;
}

/**
 * The rules of a `--rules` file: JSON with comments, `{"rules": [{"id": …}, …]}`.
 * @throws {UsageError} naming the file, the line, the rule, the field and the value.
 */
export function parseRuleFile(text: string, path: string): FileRule[] {
  const source = new RuleSource(text, path);
  const file = check(FileSchema, source.value);
  if (!file.ok) throw usageError(source, [], file.problem);
  return file.value.rules.map((entry, index) => {
    const at = ["rules", index];
    const name = nameOf(entry, index);
    const rule = check(RuleSchema, entry);
    const problem = rule.ok ? findProblem(rule.value) : rule.problem;
    if (!rule.ok || problem !== undefined) throw usageError(source, at, problem!, name);
    const where = (path: Path = []) => source.where([...at, ...path]);
    return {
      patch: toPatch(rule.value),
      where,
      place(path = []) {
        const field = fieldName(path);
        return `${where(path)}: ${name}${field === undefined ? "" : `: ${field}`}`;
      },
    };
  });
}

function usageError(
  source: RuleSource,
  base: Path,
  { path, sentence, hint }: Problem,
  name?: string,
): UsageError {
  const subject = name === undefined ? "" : `${name}: `;
  return new UsageError(`${source.where([...base, ...path])}: ${subject}${sentence}`, hint);
}

function nameOf(entry: unknown, index: number): string {
  const id = typeof entry === "object" && entry !== null && "id" in entry ? entry.id : undefined;
  return typeof id === "string" ? `rule ${JSON.stringify(id)}` : `rule number ${index + 1}`;
}
