import { Monitor } from "../src/core/monitor.ts";
import type { Rule } from "../src/core/rule.ts";

/** After the last line nothing more can come that would clear a finding. */
const AFTERWARDS_MS = 24 * 60 * 60 * 1000;
const LF = 0x0a;

/**
 * Feeds a log to the engine as `--interval 0` does, line by line, evaluated at every match and once
 * more after the end. Returns the id of the first rule that would have ended the run, or `null`.
 */
export function replay(log: Uint8Array, rules: readonly Rule[]): string | null {
  let killedBy: string | null = null;
  const evaluate = (now: number) => {
    for (let finding = monitor.evaluate(now); finding; finding = monitor.evaluate(now)) {
      if ((finding.rule.action ?? "kill") === "kill") killedBy ??= finding.rule.id;
    }
  };
  const monitor = new Monitor({
    rules,
    bufferLines: 100,
    contextLines: 10,
    onMatch: () => evaluate(0),
  });
  for (const line of lines(log)) {
    monitor.push("stderr", line, 0);
    if (killedBy !== null) return killedBy;
  }
  monitor.end("stdout", 0);
  monitor.end("stderr", 0);
  evaluate(AFTERWARDS_MS);
  return killedBy;
}

function* lines(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LF, start) + 1 || bytes.length;
    yield bytes.subarray(start, end);
    start = end;
  }
}
