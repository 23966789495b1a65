import { type Level, parseLevel } from "./level.ts";
import { prefixesOf } from "./log_prefixes.ts";

/** A line without what a logger, an agent or a platform has put before its message. */
export interface Normalized {
  readonly text: string;
  readonly level: Level | undefined;
  /** A `wandb: ` stood before it. */
  readonly wandb: boolean;
}

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
  for (const { pattern, meaning } of prefixesOf(text)) {
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
