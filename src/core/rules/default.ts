import type { Rule } from "../rule.ts";
import { CLASSIC_RULES } from "./classic.ts";
import { PROGRAM_RULES } from "./default_program.ts";
import { REQUEST_RULES } from "./default_request.ts";
import { SERVICE_RULES } from "./default_service.ts";

/** What `default` says of a rule beyond what the classic rule of the same id already does. */
export type Mended = Omit<Partial<Rule>, "id"> & Pick<Rule, "id" | "advice" | "tests">;

const MENDED = new Map(
  [...REQUEST_RULES, ...SERVICE_RULES, ...PROGRAM_RULES].map((rule) => [rule.id, rule]),
);

/**
 * The classic rules without their false kills and blind spots (docs/rules.md says which): they look
 * at what a line states, in whatever spelling, and not at words alone.
 */
export const DEFAULT_RULES: readonly Rule[] = CLASSIC_RULES.map((rule) => ({
  ...rule,
  ...MENDED.get(rule.id),
  skipTracebackBody: true,
}));
