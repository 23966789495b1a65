import { assertEquals } from "@std/assert";
import { finding, record } from "../testing/builders.ts";
import { prometheusName, runMetrics } from "./metrics.ts";
import type { RunRecord } from "./record.ts";

/** Each metric as a line of Prometheus' text format would have it. */
function lines(own: RunRecord): string[] {
  return runMetrics(own).map((metric) =>
    `${metric.kind} ${prometheusName(metric)}${JSON.stringify(metric.labels)} ${metric.value}`
  );
}

Deno.test("runMetrics() counts a healthy run and tells how long it took", () => {
  assertEquals(lines(record({ cause: "exit", child: { code: 3, signal: undefined } })), [
    'counter bailout_runs_total{"cause":"exit","exit_code":"3"} 1',
    "gauge bailout_run_duration_seconds{} 1.5",
  ]);
});

Deno.test("runMetrics() counts a bail-out by rule and category, with the detection's delay", () => {
  assertEquals(lines(record({ cause: "finding", finding: finding() })), [
    'counter bailout_runs_total{"cause":"finding","exit_code":"1"} 1',
    "gauge bailout_run_duration_seconds{} 1.5",
    'counter bailout_findings_total{"rule":"boom","category":"config"} 1',
    'gauge bailout_detection_delay_seconds{"rule":"boom","category":"config"} 0.2',
  ]);
});
