import { type Level, parseLevel } from "./level.ts";

/** A line without what a logger, an agent or a platform has put before its message. */
export interface Normalized {
  readonly text: string;
  readonly level: Level | undefined;
  /** A `wandb: ` stood before it. */
  readonly wandb: boolean;
}

const LEVEL_NAMES = "TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE";
const TIME = "\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?";
const DATE = "\\d{4}[-/]\\d{2}[-/]\\d{2}";

interface Prefix {
  readonly pattern: RegExp;
  /** What the first group says of the line. */
  readonly meaning?: "level" | "klog" | "wandb";
}

// Each takes one thing off the front. The order matters only where two could take the same.
const PREFIXES: readonly Prefix[] = [
  {
    pattern: /^wandb:\s+(?:(ERROR|WARNING|WARN|INFO|DEBUG)\b:?\s*)?(?:launch:\s+)?/,
    meaning: "wandb",
  },
  // klog: E1124 10:00:00.123456   12345 pod_workers.go:1301]
  { pattern: /^([EWIF])\d{4} \d{2}:\d{2}:\d{2}\.\d+\s+\d+ [\w./-]+:\d+\]\s*/, meaning: "klog" },
  // TensorFlow's: I tensorflow/core/framework/local_rendezvous.cc:405]
  { pattern: /^([EWIF]) [\w./-]+:\d+\]\s*/, meaning: "klog" },
  {
    pattern: new RegExp(
      `^[\\[(]?${DATE}(?:[T ]${TIME})?(?: ?Z|[+-]\\d{2}:?\\d{2})?[\\])]?[:,]?\\s+`,
    ),
  },
  { pattern: new RegExp(`^[\\[(]?${TIME}[\\])]?\\s+(?=\\S)`) },
  { pattern: /^[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} (?:[\w.-]+ [\w./-]+(?:\[\d+\])?: )?/ },
  // logging.basicConfig: ERROR:root:message; also ERROR: …, [ERROR] …, ERROR - …, level=error …
  { pattern: new RegExp(`^\\s+(?=(?:${LEVEL_NAMES})\\s)`) },
  { pattern: new RegExp(`^(${LEVEL_NAMES}):[\\w.-]+:(?=\\S)`), meaning: "level" },
  {
    pattern: new RegExp(`^[\\[(<]?(${LEVEL_NAMES})[\\])>]?(?:\\s*[:|-]\\s*|\\s+|$)`),
    meaning: "level",
  },
  { pattern: /^\[(trace|debug|info|warn|warning|error|critical|fatal)\s*\]\s*/i, meaning: "level" },
  // loguru: | ERROR    | __main__:run:133 - message
  { pattern: /^[\w.]+:[\w<>]+:\d+ - / },
  { pattern: /^(error|warning):\s+/i, meaning: "level" },
  // GitHub Actions: ##[error]message, ::error file=…::message
  {
    pattern: /^(?:##\[(error|warning|debug)\]|::(?:error|warning|notice)\b[^:]*::)/,
    meaning: "level",
  },
  { pattern: /^(?:time=(?:"[^"]*"|\S+)\s+)?level=(\w+)\s+(?:msg=)?/, meaning: "level" },
  { pattern: /^[-|]\s+/ },
  // kubectl logs --prefix, docker compose, thread names, logger names of "%(name)s - %(levelname)s"
  { pattern: /^\[(?:pod\/)?[\w./-]+\]\s+/ },
  { pattern: /^[\w.-]+\s+\|\s+/ },
  { pattern: new RegExp(`^[\\w.-]+ (?:-|\\||:) (?=(?:${LEVEL_NAMES})\\b)`) },
];

const KLOG: Readonly<Record<string, Level>> = { E: "error", F: "fatal", W: "warning", I: "info" };

/** More things than any logger writes before a message. */
const MAX_PREFIXES = 8;

export function normalize(line: string): Normalized {
  let text = line.trimEnd();
  let level: Level | undefined;
  let wandb = false;
  for (let i = 0; i < MAX_PREFIXES; i++) {
    const found = takePrefix(text);
    if (found === undefined) break;
    text = text.slice(found.length);
    wandb ||= found.wandb;
    level ??= found.level;
  }
  return { text, level, wandb };
}

function takePrefix(
  text: string,
): { length: number; level: Level | undefined; wandb: boolean } | undefined {
  for (const { pattern, meaning } of PREFIXES) {
    const match = pattern.exec(text);
    if (match === null || match[0].length === 0) continue;
    const word = match[1];
    const level = word === undefined
      ? undefined
      : meaning === "klog"
      ? KLOG[word]
      : parseLevel(word);
    return { length: match[0].length, level, wandb: meaning === "wandb" };
  }
  return undefined;
}
