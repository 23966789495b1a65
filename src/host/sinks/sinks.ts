import type { Metric } from "../../core/metrics.ts";
import type { Clock } from "../clock.ts";
import { writeErrorFile } from "./error_file.ts";
import { type TerminationLogOptions, writeTerminationLog } from "./termination_log.ts";
import { replaceFile } from "./verdict_file.ts";

/** The ways out for what a run leaves behind. Each throws an `Error` that says what went wrong. */
export interface Sinks {
  verdictFile(path: string, text: string): Promise<void>;
  terminationLog(text: string, options: TerminationLogOptions): Promise<void>;
  /** `startedMs`: the run's start in ms since 1970. */
  errorFile(path: string, text: string, startedMs: number): Promise<void>;
  webhook(url: string, body: string, signal: AbortSignal): Promise<void>;
  pushgateway(
    url: string,
    job: string,
    metrics: readonly Metric[],
    signal: AbortSignal,
  ): Promise<void>;
  otlp(metrics: readonly Metric[]): Promise<void>;
}

/** What speaks to the network is loaded where it is asked for. */
export function createSinks(clock: Clock): Sinks {
  return {
    verdictFile: replaceFile,
    terminationLog: writeTerminationLog,
    errorFile: writeErrorFile,
    async webhook(url, body, signal) {
      const { postWebhook } = await import("./webhook.ts");
      await postWebhook(url, body, { clock, signal });
    },
    async pushgateway(url, job, metrics, signal) {
      const { pushMetrics } = await import("./pushgateway.ts");
      await pushMetrics(metrics, { url, job, instance: Deno.hostname(), signal });
    },
    async otlp(metrics) {
      const { exportMetrics } = await import("./otlp.ts");
      await exportMetrics(metrics);
    },
  };
}
