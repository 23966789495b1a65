import type { SinkConfig } from "../core/config.ts";
import type { Values } from "./values.ts";

type SinkOption =
  | "verdict-file"
  | "termination-log"
  | "webhook"
  | "webhook-format"
  | "pushgateway";

type Environment = Readonly<Record<string, string>>;

/** @throws {UsageError} if one of the options is wrong. */
export function readSinks(values: Values<SinkOption>, env: Environment): SinkConfig {
  const webhook = values.url("webhook");
  const format = values.choice<"json" | "slack">("webhook-format");
  return {
    verdictFile: values.text("verdict-file"),
    terminationLog: values.text("termination-log"),
    torchErrorFile: env.TORCHELASTIC_ERROR_FILE || undefined,
    webhook: webhook === undefined ? undefined : { url: webhook, format },
    pushgateway: values.url("pushgateway"),
    otlp: wantsOtlp(env),
  };
}

/** As OpenTelemetry's specification of its variables has it; an empty one is an unset one. */
function wantsOtlp(env: Environment): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === "true") return false;
  if (env.OTEL_METRICS_EXPORTER && env.OTEL_METRICS_EXPORTER !== "otlp") return false;
  return Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT);
}
