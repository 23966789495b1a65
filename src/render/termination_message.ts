import { isBailOut, type RunRecord } from "../core/record.ts";
import { utf8Length, utf8Limit } from "./utf8_limit.ts";

/** What Kubernetes reads of a termination message, in bytes. */
export const TERMINATION_MESSAGE_BYTES = 4096;

/**
 * What `kubectl describe pod` shows of a run's end: the headline first, then why and what became of
 * the run, then as many of the last lines as there is room for. `verdict` is the run's last line.
 */
export function terminationMessage(record: RunRecord, verdict: string): string {
  if (!isBailOut(record)) return utf8Limit(`${verdict}\n`, TERMINATION_MESSAGE_BYTES);
  const head = `FATAL ERROR DETECTED: ${record.headline}\n${record.reason}\n${verdict}\n`;
  let room = TERMINATION_MESSAGE_BYTES - utf8Length(head) - 1;
  const lines: string[] = [];
  for (const line of record.context.toReversed()) {
    room -= utf8Length(line) + 1;
    if (room < 0) break;
    lines.unshift(`${line}\n`);
  }
  const tail = lines.length > 0 ? lines.join("") : record.lastMatch.text;
  return utf8Limit(`${head}\n${tail}`, TERMINATION_MESSAGE_BYTES);
}
