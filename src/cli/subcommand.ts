import type { Argv } from "./argv.ts";

/** First words that bailout takes for itself; `--` before one makes it a command to supervise. */
export const SUBCOMMANDS = ["launch-agent", "check", "rules"] as const;

export type Subcommand = typeof SUBCOMMANDS[number];

export function subcommandOf(argv: Argv): Subcommand | undefined {
  const [first] = argv.verbatim ? [] : argv.command;
  return SUBCOMMANDS.find((name) => name === first);
}

/** The words of a subcommand, with the options that stood before it put in front of its own. */
export function subcommandWords(argv: Argv): string[] {
  const before = [...argv.options].flatMap(([name, texts]) =>
    texts.map((text) => `--${name}=${text}`)
  );
  return [...before, ...argv.command.slice(1)];
}
