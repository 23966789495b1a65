import { parseArgs } from "@std/cli/parse-args";
import { findOption, OPTIONS } from "./options.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";

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

const SHORT: Readonly<Record<string, string>> = { "-h": "--help", "-V": "--version" };
const META_FLAGS = ["help", "version"];

/**
 * Options come before COMMAND; the first other word, or `--`, ends them.
 * @throws {UsageError} for an unknown option or a missing value.
 */
export function splitArgv(argv: readonly string[]): Argv {
  const { head, command, verbatim } = separate(argv);
  const repeatable = OPTIONS.map((option) => option.name);
  const parsed = parseArgs(head, {
    string: repeatable,
    boolean: META_FLAGS,
    collect: repeatable,
  });
  const options = new Map<string, readonly string[]>();
  for (const { name } of OPTIONS) {
    const values = parsed[name] as string[];
    if (values.length > 0) options.set(name, values);
  }
  return {
    help: parsed.help === true,
    version: parsed.version === true,
    options,
    command,
    verbatim,
  };
}

/**
 * `parseArgs` would take the `true` of `--quiet true` for the flag's value and the `-x` of
 * `--name -x` for an option, so each option is joined with its value here: `--name=-x`.
 */
function separate(
  argv: readonly string[],
): { head: string[]; command: string[]; verbatim: boolean } {
  const head: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === "--") return { head, command: argv.slice(i + 1), verbatim: true };
    if (!word.startsWith("-") || word === "-") {
      return { head, command: argv.slice(i), verbatim: false };
    }
    const long = SHORT[word] ?? word;
    const [flag, name] = /^--([^=]+)/.exec(long) ?? [];
    if (flag === undefined || name === undefined) throw unknownOption(word);
    if (META_FLAGS.includes(name) && long === flag) {
      head.push(flag);
      continue;
    }
    if (META_FLAGS.includes(name)) throw new UsageError(`option --${name} takes no value`);
    const option = findOption(name);
    if (option === undefined) throw unknownOption(flag);
    if (long !== flag) head.push(long);
    else if (option.kind === "flag") head.push(`${flag}=true`);
    else if (i + 1 < argv.length) head.push(`${flag}=${argv[++i]}`);
    else throw new UsageError(`option ${flag} needs a value`, `write ${flag} ${option.meta}`);
  }
  return { head, command: [], verbatim: false };
}

function unknownOption(typed: string): UsageError {
  const known = [...OPTIONS.map((option) => `--${option.name}`), "--help", "--version"];
  const nearest = suggest(typed, known);
  return new UsageError(
    `unknown option ${JSON.stringify(typed)}`,
    nearest === undefined
      ? "options of the command come after it: bailout [options] -- COMMAND [ARG...]"
      : `did you mean ${nearest}?`,
  );
}
