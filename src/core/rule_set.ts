import type { Rule } from "./rule.ts";
import { CLASSIC_RULES } from "./rules/classic.ts";
import { DEFAULT_RULES } from "./rules/default.ts";

export type Profile = "default" | "classic" | "none";

/** A user's rule: what it leaves out is taken from the built-in rule of the same id. */
export type RulePatch = Partial<Omit<Rule, "id">> & Pick<Rule, "id">;

const BUILT_IN: Readonly<Record<Profile, readonly Rule[]>> = {
  default: DEFAULT_RULES,
  classic: CLASSIC_RULES,
  none: [],
};

/** Window and threshold of a user's rule that names none. Lines. */
const NEW_RULE = { window: 100, threshold: 1, skipTracebackBody: true } as const;

export function builtInRules(profile: Profile): readonly Rule[] {
  return BUILT_IN[profile];
}

/**
 * `rules` with `patch` merged in: a rule of the same id keeps its place in the list order, a new
 * one goes to the end.
 * @throws {TypeError} naming the first field that a new rule lacks.
 */
export function addRule(rules: readonly Rule[], patch: RulePatch): readonly Rule[] {
  const index = rules.findIndex((rule) => rule.id === patch.id);
  if (index !== -1) return rules.with(index, patched(rules[index]!, patch));
  const { category, title, reason, matcher } = patch;
  if (category === undefined) throw new TypeError("category");
  if (title === undefined) throw new TypeError("title");
  if (reason === undefined) throw new TypeError("reason");
  if (matcher === undefined) throw new TypeError("matcher");
  return [...rules, { ...NEW_RULE, ...patch, category, title, reason, matcher }];
}

function patched(rule: Rule, patch: RulePatch): Rule {
  if (patch.matcher === undefined) return { ...rule, ...patch };
  // The pre-check is the old matcher's: it would hide lines from the new one.
  const { hints: _, alsoHints: __, ...rest } = rule;
  return { ...rest, ...patch };
}
