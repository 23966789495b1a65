import { FORMAT_OPTION, type OutputFormat } from "./check_settings.ts";
import { readRuleChoice, type RuleChoice, type RuleChoiceOption } from "./detection_settings.ts";
import { OPTIONS, type OptionSpec, pickOptions } from "./options.ts";
import {
  CONTAINER_OPTION,
  type ExportTarget,
  readContainer,
  readExportTarget,
} from "./rules_export_settings.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";
import { checkVariables, Values } from "./values.ts";
import { splitWords } from "./words.ts";

/** What `bailout rules` is asked for. */
export type RulesRequest =
  | { readonly action: "help"; readonly topic: RulesTopic }
  | { readonly action: "list"; readonly choice: RuleChoice; readonly format: OutputFormat }
  | {
    readonly action: "show";
    readonly id: string;
    readonly choice: RuleChoice;
    readonly format: OutputFormat;
  }
  | { readonly action: "validate"; readonly choice: RuleChoice }
  | { readonly action: "schema" }
  | {
    readonly action: "export";
    readonly target: ExportTarget;
    readonly choice: RuleChoice;
    /** `undefined`: the policy holds for every container of the pod. */
    readonly container: string | undefined;
  };

export const RULES_ACTIONS = ["list", "show", "validate", "schema", "export"] as const;

export type RulesAction = typeof RULES_ACTIONS[number];
export type RulesTopic = RulesAction | "rules";

const CHOICE = pickOptions("profile", "rules", "disable", "buffer-lines");
const LISTING = [FORMAT_OPTION, ...CHOICE];

/** The options of each action, in the order of help. */
export const RULES_OPTIONS: Readonly<Record<RulesAction, readonly OptionSpec[]>> = {
  list: LISTING,
  show: LISTING,
  validate: pickOptions("profile", "buffer-lines"),
  schema: [],
  export: [CONTAINER_OPTION, ...CHOICE],
};

/** @throws {UsageError} if a word, an option or a variable is wrong. */
export function readRulesRequest(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): RulesRequest {
  checkVariables(env, OPTIONS.map((option) => option.name));
  const { help, options, rest: [word, ...rest] } = splitWords(words, {
    options: [CONTAINER_OPTION, ...LISTING],
    mixed: true,
    hint: "see bailout rules --help; -- before rules supervises a command of that name",
  });
  if (help && word === undefined) return { action: "help", topic: "rules" };
  const action = readAction(word);
  if (help) return { action: "help", topic: action };
  const specs = RULES_OPTIONS[action];
  for (const name of options.keys()) {
    if (specs.some((option) => option.name === name)) continue;
    throw new UsageError(
      `rules ${action} has no option --${name}`,
      `see bailout rules ${action} --help`,
    );
  }
  const values = new Values<RuleChoiceOption | "format" | "container">(options, env, specs);
  const [operand] = rest;
  switch (action) {
    case "list":
      refuseOperands(action, rest);
      return { action, choice: readRuleChoice(values), format: values.choice("format") };
    case "show":
      if (operand === undefined) {
        throw new UsageError("rules show: no ID", "bailout rules list has the rules");
      }
      refuseOperands(action, rest.slice(1));
      return {
        action,
        id: operand,
        choice: readRuleChoice(values),
        format: values.choice("format"),
      };
    case "validate":
      if (operand === undefined) {
        throw new UsageError("rules validate: no FILE", "name the rule files to check");
      }
      return { action, choice: validated(values, rest) };
    case "schema":
      refuseOperands(action, rest);
      return { action };
    case "export": {
      const target = readExportTarget(operand);
      refuseOperands(action, rest.slice(1));
      return { action, target, choice: readRuleChoice(values), container: readContainer(values) };
    }
  }
}

/** The files named are what `--rules` would load; variables that name others don't count here. */
function validated(
  values: Values<"profile" | "buffer-lines">,
  files: readonly string[],
): RuleChoice {
  return {
    profile: values.choice("profile"),
    ruleFiles: files,
    disabled: [],
    sources: {
      rules: "rules validate",
      disable: "--disable",
      bufferLines: values.source("buffer-lines"),
    },
    bufferLines: values.count("buffer-lines"),
  };
}

function readAction(word: string | undefined): RulesAction {
  if (word === undefined) {
    throw new UsageError(
      "rules: list, show, validate, schema or export?",
      "see bailout rules --help",
    );
  }
  const action = RULES_ACTIONS.find((action) => action === word);
  if (action !== undefined) return action;
  const nearest = suggest(word, RULES_ACTIONS);
  throw new UsageError(
    `rules: there is no action ${JSON.stringify(word)}`,
    nearest === undefined
      ? `use ${RULES_ACTIONS.join(", ")}; a command called rules comes after --`
      : `did you mean ${nearest}?`,
  );
}

function refuseOperands(action: RulesAction, words: readonly string[]): void {
  if (words.length === 0) return;
  throw new UsageError(
    `rules ${action}: ${JSON.stringify(words[0])} is one word too many`,
    `see bailout rules ${action} --help`,
  );
}
