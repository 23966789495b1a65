/** How serious a program says a line is; `undefined` where it says nothing. */
export type Level = "debug" | "info" | "warning" | "error" | "fatal";

const LEVELS: Readonly<Record<string, Level>> = {
  trace: "debug",
  debug: "debug",
  info: "info",
  notice: "info",
  default: "info",
  warn: "warning",
  warning: "warning",
  error: "error",
  err: "error",
  severe: "error",
  critical: "error",
  crit: "error",
  fatal: "fatal",
  alert: "error",
  emergency: "error",
  panic: "fatal",
};

/** Python's numbers (10 … 50) and bunyan's and pino's (20 … 60) agree enough: 40 is at least a warning. */
const NUMERIC: Readonly<Record<string, Level>> = {
  "10": "debug",
  "20": "info",
  "30": "warning",
  "40": "error",
  "50": "error",
  "60": "error",
};

/** A level's name in any case, or its number, as a level. */
export function parseLevel(text: string): Level | undefined {
  return ownValue(LEVELS, text.toLowerCase()) ?? ownValue(NUMERIC, text);
}

/** Every object has a `constructor`, which is no level. */
function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Whether a logger calls the line an error. */
export function isErrorLevel(level: Level | undefined): boolean {
  return level === "error" || level === "fatal";
}
