import type { Dice } from "./dice.ts";
import {
  CONTEXT_LINES,
  ERROR_FORMS,
  HTTP_CODES,
  PREFIXES,
  REASONS,
  RULE_LINES,
  RULE_WORDS,
  STATUS_NAMES,
} from "./vocabulary.ts";

/** Lines that may mean something to a rule, in all the wrappings that logs have. */
export function errorLines(dice: Dice, count: number): string[] {
  const lines: string[] = [];
  while (lines.length < count) {
    lines.push(...dice.chance(0.2) ? traceback(dice) : [loggedLine(dice)]);
  }
  return lines;
}

/** A single statement as some logger prints it. */
export function loggedLine(dice: Dice): string {
  return dressed(dice, errorLine(dice));
}

/** A single statement without a prefix. */
export function errorLine(dice: Dice): string {
  return dice.oneOf(
    () => dice.pick(RULE_LINES),
    () => dice.pick(CONTEXT_LINES),
    () => dice.times(dice.int(1, 4), () => dice.pick(RULE_WORDS)).join(dice.pick([" ", ": ", ""])),
    () => statement(dice),
    () => statement(dice),
    () => `${statement(dice)}${dice.pick([", ", ". ", " "])}${dice.pick(CONTEXT_LINES)}`,
    () => `step ${dice.int(1, 2000)}`,
  );
}

function statement(dice: Dice): string {
  return dice.pick(ERROR_FORMS)
    .replaceAll("N", () => dice.pick(STATUS_NAMES))
    .replaceAll(/\bC\b/g, () => String(dice.pick(HTTP_CODES)))
    .replaceAll(/\bR\b/g, () => dice.pick(REASONS));
}

/** With what a logger makes of a message: a prefix, colours, a JSON envelope. */
function dressed(dice: Dice, message: string): string {
  if (dice.chance(0.15)) return jsonLine(dice, message);
  const prefix = dice.chance(0.5) ? dice.pick(PREFIXES) : "";
  return dice.chance(0.1) ? `\x1b[1;31m${prefix}\x1b[0m${message}` : prefix + message;
}

/** A JSON line as Python and most loggers print it, or as Go does, which escapes `<`, `>` and `&`. */
export function jsonLine(dice: Dice, message: string): string {
  const level = dice.pick(["ERROR", "error", "INFO", "WARNING", 50, undefined]);
  const fields: Record<string, unknown> = {
    [dice.pick(["severity", "level", "levelname"])]: level,
    [dice.pick(["message", "msg", "event", "textPayload"])]: message,
  };
  if (dice.chance(0.2)) {
    fields[dice.pick(["code", "status", "http_status"])] = dice.pick(HTTP_CODES);
  }
  if (dice.chance(0.2)) fields.status = dice.pick(STATUS_NAMES);
  if (dice.chance(0.1)) fields.error = { code: 403, type: dice.pick(STATUS_NAMES) };
  if (dice.chance(0.2)) fields.exc_info = traceback(dice).join("\n");
  const text = JSON.stringify(fields, null, dice.chance(0.3) ? " " : undefined)
    .replaceAll("\n", "");
  if (dice.chance(0.7)) return text;
  return text.replaceAll(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}

/** A traceback of a random depth, chained or in a group, prefixed, cut off or mixed with others. */
export function traceback(dice: Dice): string[] {
  const prefix = dice.chance(0.3) ? dice.pick(PREFIXES) : "";
  const lines = part(dice);
  while (dice.chance(0.25)) lines.push("", dice.pick(CHAINS), "", ...part(dice));
  if (dice.chance(0.2)) lines.splice(dice.int(0, lines.length), 0, errorLine(dice));
  if (dice.chance(0.1)) lines.splice(dice.int(0, lines.length));
  if (dice.chance(0.2)) lines.unshift(dice.pick(CONTEXT_LINES));
  return lines.map((line) => prefix + line);
}

const CHAINS = [
  "During handling of the above exception, another exception occurred:",
  "The above exception was the direct cause of the following exception:",
];

const EXCEPTIONS = ["KeyError: 'x'", "KeyboardInterrupt", "SystemExit: 0", "ValueError", "a.B: no"];

function part(dice: Dice): string[] {
  const depth = dice.chance(0.01) ? dice.int(150, 300) : dice.int(0, 5);
  const group = dice.chance(0.1);
  const frames = dice.times(depth, () => [
    `  File "/usr/lib/a.py", line ${dice.int(1, 900)}, in f`,
    `    ${dice.chance(0.3) ? errorLine(dice) : "f()"}`,
  ]).flat();
  const exception = dice.chance(0.5) ? dice.pick(EXCEPTIONS) : statement(dice);
  const lines = ["Traceback (most recent call last):", ...frames, exception];
  if (dice.chance(0.15)) lines.push("    goes on", `code: ${dice.int(1, 16)}`, errorLine(dice));
  if (!group) return lines;
  return lines.map((line, index) => index === 0 ? `  + Exception Group ${line}` : `  | ${line}`);
}
