import type { ColorChoice } from "../core/config.ts";
import {
  type DetectionOption,
  type DetectionSettings,
  readDetection,
} from "./detection_settings.ts";
import { OPTIONS, type OptionSpec, pickOptions } from "./options.ts";
import { UsageError } from "./usage_error.ts";
import { checkVariables, Values } from "./values.ts";
import { splitWords } from "./words.ts";

/** `bailout check`, read and checked; rule files and logs are still only named. */
export interface CheckSettings extends DetectionSettings {
  /** At least one; `-` is stdin. */
  readonly files: readonly [string, ...string[]];
  readonly format: OutputFormat;
  /** The line to explain, from 1. */
  readonly explain: number | undefined;
  readonly color: ColorChoice;
}

export type OutputFormat = "text" | "json";

/** Text for people or JSON for programs: what a command of ours that starts nothing prints. */
export const FORMAT_OPTION: OptionSpec = {
  name: "format",
  kind: "choice",
  meta: "F",
  choices: ["text", "json"],
  default: "text",
  variable: false,
  help: "text or json",
};

/** Every option of `bailout check`, in the order of help. */
export const CHECK_OPTIONS: readonly OptionSpec[] = [
  FORMAT_OPTION,
  {
    name: "explain",
    kind: "count",
    meta: "N",
    min: 1,
    variable: false,
    help: "say what is seen in line N, and why each rule fires there or doesn't",
  },
  ...pickOptions("context", "buffer-lines", "profile", "rules", "disable", "exit-codes", "color"),
];

/** @throws {UsageError} if an option or a variable is wrong. */
export function readCheckSettings(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): CheckSettings | "help" {
  checkVariables(env, OPTIONS.map((option) => option.name));
  const { help, options, rest } = splitWords(words, {
    options: CHECK_OPTIONS,
    mixed: true,
    hint: "see bailout check --help; -- before check supervises a command of that name",
  });
  if (help) return "help";
  const values = new Values<DetectionOption | "format" | "explain" | "color">(
    options,
    env,
    CHECK_OPTIONS,
  );
  const [first = "-", ...others] = rest;
  const explain = values.text("explain") === undefined ? undefined : values.count("explain");
  if (explain !== undefined && others.length > 0) {
    throw new UsageError("--explain: a line of which FILE?", "name a single one");
  }
  return {
    ...readDetection(values),
    files: [first, ...others],
    format: values.choice("format"),
    explain,
    color: values.choice("color"),
  };
}
