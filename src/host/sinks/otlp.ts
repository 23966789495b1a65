import { OTLPMetricExporter as JsonExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, MetricReader, type PushMetricExporter } from "@opentelemetry/sdk-metrics";
import manifest from "../../../deno.json" with { type: "json" };
import type { Metric } from "../../core/metrics.ts";

/** How long an export may take with its retries, ms, unless a variable says otherwise. */
const EXPORT_MS = 3000;

/** As `ExportResultCode` of @opentelemetry/core has it. */
const SUCCESS = 0;

/** Reads when it is asked to, and only then. */
class OnceReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * Sends the metrics by OTLP. Where to and how the SDK reads from the OTEL_* variables.
 * @throws {Error} if the collector can't be reached, or refuses, or the protocol is another.
 */
export async function exportMetrics(metrics: readonly Metric[]): Promise<void> {
  const exporter = createExporter();
  const reader = new OnceReader({
    aggregationTemporalitySelector: (type) => exporter.selectAggregationTemporality!(type),
  });
  const resource = resourceFromAttributes({ "service.name": "bailout" })
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new MeterProvider({ resource, readers: [reader] });
  const meter = provider.getMeter("bailout", manifest.version);
  for (const { name, kind, unit, help, labels, value } of metrics) {
    const options = { description: help, ...(unit === undefined ? {} : { unit }) };
    if (kind === "counter") meter.createCounter(name, options).add(value, labels);
    else meter.createGauge(name, options).record(value, labels);
  }
  const { resourceMetrics, errors } = await reader.collect();
  if (errors.length > 0) throw errors[0];
  await new Promise<void>((resolve, reject) =>
    exporter.export(resourceMetrics, ({ code, error }) => {
      if (code === SUCCESS) resolve();
      else reject(error ?? new Error("the collector refused"));
    })
  );
}

function createExporter(): PushMetricExporter {
  const protocol = Deno.env.get("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL") ||
    Deno.env.get("OTEL_EXPORTER_OTLP_PROTOCOL") || "http/protobuf";
  if (protocol === "http/protobuf") return new ProtobufExporter(exporterOptions());
  if (protocol === "http/json") return new JsonExporter(exporterOptions());
  throw new Error(`the protocol is ${protocol}: bailout speaks http/protobuf and http/json`);
}

/** The specification's 10 s, with retries in it, would be longer than platforms leave us. */
function exporterOptions(): { timeoutMillis?: number } {
  const chosen = ["OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT"]
    .some((name) => Deno.env.get(name));
  return chosen ? {} : { timeoutMillis: EXPORT_MS };
}
