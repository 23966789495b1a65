import { contextTexts } from "../core/context_texts.ts";
import type { Finding } from "../core/finding.ts";
import type { Paint } from "./paint.ts";

const RULER = "━".repeat(43);

export interface ReportOptions {
  /** What `--context` asked for: the heading names it. */
  readonly contextLines: number;
  readonly pid: number;
  /** A dry run kills nothing, and its report must not say so. */
  readonly dryRun: boolean;
}

/**
 * The report of a bail-out. Log queries and alerts search for `FATAL ERROR DETECTED` and
 * `Killing agent`: these words stay as they are, whatever the child is called.
 */
export function reportText(finding: Finding, options: ReportOptions, paint: Paint): string {
  const { rule } = finding;
  const last = options.dryRun
    ? `Dry run: agent (PID: ${options.pid}) left alone - ${rule.reason} (rule ${rule.id})`
    : `❌ Killing agent (PID: ${options.pid}) - ${rule.reason}`;
  return [
    "",
    paint.alarm(`🚨 FATAL ERROR DETECTED: ${rule.title}`),
    paint.rule(`━━━ Error Context (${options.contextLines} lines before error) ━━━`),
    ...contextTexts(finding.context),
    paint.rule(RULER),
    paint.bad(last),
    "",
  ].join("\n");
}
