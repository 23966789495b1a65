import { OPTIONS } from "./options.ts";
import { type Grammar, splitWords } from "./words.ts";

/** The command line, cut into options and the child's words. */
export interface Argv {
  readonly help: boolean;
  readonly version: boolean;
  /** Text of each option given, in order; flags have "true" or what follows their `=`. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** COMMAND and its arguments, untouched. */
  readonly command: readonly string[];
  /** `--` stood before the command: it is not a subcommand, whatever its name. */
  readonly verbatim: boolean;
}

const GRAMMAR: Grammar = {
  options: OPTIONS,
  version: true,
  mixed: false,
  hint: "options of the command come after it: bailout [options] -- COMMAND [ARG...]",
};

/**
 * Options come before COMMAND; the first other word, or `--`, ends them.
 * @throws {UsageError} for an unknown option or a missing value.
 */
export function splitArgv(argv: readonly string[]): Argv {
  const { rest, ...words } = splitWords(argv, GRAMMAR);
  return { ...words, command: rest };
}
