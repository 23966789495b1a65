import type { OptionSpec } from "./options.ts";

const FIRST_COLUMN = 22;

/** One line of help: what is written, and what it means. */
export function row(left: string, right: string): string {
  return `  ${left.padEnd(FIRST_COLUMN)}  ${right}`;
}

export function optionRow(option: OptionSpec): string {
  const flag = `--${option.name}${option.meta === undefined ? "" : ` ${option.meta}`}`;
  const fallback = option.default === undefined ? "" : ` [${option.default}]`;
  return row(flag, option.help + fallback);
}

export function optionRows(options: readonly OptionSpec[]): string {
  return [...options.map(optionRow), row("-h, --help", "this text")].join("\n");
}
