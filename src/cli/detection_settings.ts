import type { ExitCodeMode } from "../core/exit_code.ts";
import type { Profile } from "../core/rule_set.ts";
import { UsageError } from "./usage_error.ts";
import type { Values } from "./values.ts";

/** Which rules to load, and how the user wrote the options that can disagree with them. */
export interface RuleChoice {
  readonly profile: Profile;
  readonly ruleFiles: readonly string[];
  readonly disabled: readonly string[];
  readonly sources: {
    readonly rules: string;
    readonly disable: string;
    readonly bufferLines: string;
  };
  /** Capacity of the ring buffer: no window may be larger. */
  readonly bufferLines: number;
}

/** What a run and `bailout check` have in common: how errors are found. */
export interface DetectionSettings extends RuleChoice {
  readonly exitCodes: ExitCodeMode;
  readonly contextLines: number;
}

/** The largest window of a built-in rule, in lines. */
export const BUILT_IN_WINDOW = 100;

/** Whether nothing can be wrong with the rules: they are built in, and the ring buffer holds them all. */
export function isPlain({ ruleFiles, disabled, bufferLines }: RuleChoice): boolean {
  return ruleFiles.length === 0 && disabled.length === 0 && bufferLines >= BUILT_IN_WINDOW;
}

export type RuleChoiceOption = "profile" | "rules" | "disable" | "buffer-lines";
export type DetectionOption = RuleChoiceOption | "exit-codes" | "context";

/** @throws {UsageError} if one of the options is wrong. */
export function readRuleChoice(values: Values<RuleChoiceOption>): RuleChoice {
  return {
    profile: values.choice("profile"),
    ruleFiles: values.list("rules"),
    disabled: values.list("disable"),
    sources: {
      rules: values.source("rules"),
      disable: values.source("disable"),
      bufferLines: values.source("buffer-lines"),
    },
    bufferLines: values.count("buffer-lines"),
  };
}

/** @throws {UsageError} if one of the options is wrong, or the context larger than the buffer. */
export function readDetection(values: Values<DetectionOption>): DetectionSettings {
  const contextLines = values.count("context");
  const choice = readRuleChoice(values);
  if (contextLines >= choice.bufferLines) {
    throw new UsageError(
      `${values.source("context")}: ${contextLines} lines before the matching one don't fit into ` +
        `a ring buffer of ${choice.bufferLines}`,
      `set --buffer-lines to ${contextLines + 1} or more`,
    );
  }
  return { ...choice, exitCodes: values.choice("exit-codes"), contextLines };
}
