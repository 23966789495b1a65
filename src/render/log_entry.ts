import type { RunRecord } from "../core/record.ts";

export type Severity = "INFO" | "WARNING" | "ERROR" | "CRITICAL";

/** One of bailout's own messages for Cloud Logging. */
export interface LogEntry {
  readonly severity: Severity;
  readonly message: string;
  /** RFC 3339. */
  readonly time: string;
  /** What the entry is about, if it is about a rule. */
  readonly rule?: { readonly id: string; readonly category: string } | undefined;
  readonly record?: RunRecord | undefined;
}

/**
 * One line of JSON with the special fields of Cloud Logging's structured logs
 * (cloud.google.com/logging/docs/structured-logging): `message` is what its console shows, labels
 * can be filtered by.
 */
export function logEntryText({ severity, message, time, rule, record }: LogEntry): string {
  return JSON.stringify({
    severity,
    message,
    time,
    "logging.googleapis.com/labels": rule && { rule: rule.id, category: rule.category },
    bailout: record,
  }) + "\n";
}
