import type { Finding } from "../core/finding.ts";
import type { Rule } from "../core/rule.ts";
import type { SignalName } from "../core/signals.ts";
import type { Verdict } from "../core/verdict.ts";
import { durationText } from "./duration_text.ts";
import type { Paint } from "./paint.ts";
import { shorten } from "../core/shorten.ts";

export interface Names {
  readonly full: string;
  readonly short: string;
}

/** Lines of bailout's own, each ended by a line feed. */
export function startingText(names: Names, logPath: string | undefined): string {
  const log = logPath === undefined ? "" : `📝 Logs: ${logPath}\n`;
  return `🚀 Starting ${names.full} with fatal error detection...\n${log}`;
}

export function startedText(names: Names, pid: number, paint: Paint): string {
  return `${paint.good(`✓ ${names.short} started (PID: ${pid})`)}\n` +
    "⏳ Monitoring for fatal errors...\n";
}

export function signalText(
  names: Names,
  signal: SignalName,
  graceMs: number,
  paint: Paint,
): string {
  const grace = graceMs % 1000 === 0 ? `${graceMs / 1000}s` : `${graceMs}ms`;
  return `${paint.note(`${signal} received: stopping ${names.short} (grace: ${grace})`)}\n`;
}

export function leftoversText(names: Names, paint: Paint): string {
  return `${paint.note(`${names.short} has left processes behind: stopping them`)}\n`;
}

export function warningText(text: string, paint: Paint): string {
  return `${paint.warn(`bailout: warning: ${text}`)}\n`;
}

/** A finding of a rule that only warns, once a run. */
export function findingText({ rule, lastMatch }: Finding, paint: Paint): string {
  const line = shorten(lastMatch.text.trim(), 0);
  return `${paint.warn(`⚠ ${rule.title} (rule ${rule.id}, line ${lastMatch.number}): ${line}`)}\n`;
}

/** The first word of a bail-out where the report comes last. */
export function stoppingText(names: Names, rule: Rule, paint: Paint): string {
  return `${paint.bad(`Stopping ${names.short} by rule ${rule.id}: ${rule.reason}`)}\n`;
}

/** The last line of a run. `durationMs` is the whole run's. */
export function verdictText(
  verdict: Verdict,
  options: { names: Names; command: string; exitCode: number; durationMs: number },
  paint: Paint,
): string {
  const { names, exitCode, durationMs } = options;
  switch (verdict.cause) {
    case "finding":
      return `${
        paint.bad(
          `✗ ${names.short} stopped by rule ${verdict.finding.rule.id} ` +
            `after ${durationText(durationMs)} (exit code: ${exitCode})`,
        )
      }\n`;
    case "exit":
    case "signal":
      return `${paint.good(`✓ ${names.short} exited (exit code: ${exitCode})`)}\n`;
    case "spawn-failure":
      return `${
        paint.bad(
          `bailout: cannot run ${JSON.stringify(options.command)}: ${verdict.failure.detail} ` +
            `(exit code: ${exitCode})`,
        )
      }\n`;
  }
}

/** Whether `--quiet` still shows the last line: a bail-out and errors, yes. */
export function isLoud(verdict: Verdict): boolean {
  return verdict.cause === "finding" || verdict.cause === "spawn-failure";
}
