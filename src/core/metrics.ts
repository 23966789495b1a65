import type { RunRecord } from "./record.ts";

/** One measurement of a run, named as OpenTelemetry does. */
export interface Metric {
  readonly name: string;
  readonly kind: "counter" | "gauge";
  /** As UCUM has it: `s` for seconds. */
  readonly unit: "s" | undefined;
  readonly help: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a run's end adds to the metrics (docs/metrics.md). */
export function runMetrics(record: RunRecord): Metric[] {
  const metrics: Metric[] = [{
    name: "bailout.runs",
    kind: "counter",
    unit: undefined,
    help: "Runs that ended, by what ended them and by bailout's exit code.",
    labels: { cause: record.cause, exit_code: String(record.exitCode) },
    value: 1,
  }, {
    name: "bailout.run.duration",
    kind: "gauge",
    unit: "s",
    help: "From the start of a run to its end.",
    labels: {},
    value: record.durationMs / 1000,
  }];
  if (record.rule === null || record.category === null) return metrics;
  const labels = { rule: record.rule, category: record.category };
  metrics.push({
    name: "bailout.findings",
    kind: "counter",
    unit: undefined,
    help: "Runs that a rule ended.",
    labels,
    value: 1,
  });
  if (record.detectionDelayMs !== null) {
    metrics.push({
      name: "bailout.detection.delay",
      kind: "gauge",
      unit: "s",
      help: "From the line that met the rule to the decision to stop.",
      labels,
      value: record.detectionDelayMs / 1000,
    });
  }
  return metrics;
}

/**
 * The name as the OpenTelemetry specification translates it for Prometheus, so that both ways lead
 * to the same series: `bailout_runs_total`, `bailout_run_duration_seconds`.
 */
export function prometheusName({ name, kind, unit }: Metric): string {
  const suffix = (unit === "s" ? "_seconds" : "") + (kind === "counter" ? "_total" : "");
  return name.replaceAll(".", "_") + suffix;
}
