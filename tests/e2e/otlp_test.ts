import { assert, assertEquals, assertMatch } from "@std/assert";
import generated from "@opentelemetry/otlp-proto-exporter-base";
import { e2e, type Stage } from "../helpers/bailout.ts";
import { freePort, type Received, Receiver } from "../helpers/receiver.ts";

/** OTLP's request in its JSON form, as far as these tests read it. */
interface ExportRequest {
  resourceMetrics: {
    resource: { attributes: Attribute[] };
    scopeMetrics: { scope: { name: string }; metrics: Metric[] }[];
  }[];
}
interface Attribute {
  key: string;
  value: { stringValue: string };
}
interface Point {
  attributes?: Attribute[];
  asDouble: number;
}
interface Metric {
  name: string;
  unit?: string;
  sum?: { dataPoints: Point[]; isMonotonic: boolean; aggregationTemporality: string | number };
  gauge?: { dataPoints: Point[] };
}

/** A class that protobuf.js has generated from OpenTelemetry's own .proto files. */
interface MessageClass {
  decode(bytes: Uint8Array): unknown;
  toObject(message: unknown): unknown;
}

const MetricsRequest = (generated as unknown as {
  opentelemetry: {
    proto: {
      collector: { metrics: { v1: { ExportMetricsServiceRequest: MessageClass } } };
    };
  };
}).opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;

function decode({ type, body, text }: Received): ExportRequest {
  if (type === "application/json") return JSON.parse(text);
  assertEquals(type, "application/x-protobuf");
  return MetricsRequest.toObject(MetricsRequest.decode(body)) as ExportRequest;
}

function attributes(list: Attribute[] = []): Record<string, string> {
  return Object.fromEntries(list.map(({ key, value }) => [key, value.stringValue]));
}

/** `counter bailout.runs {...}`: each metric's kind, name, unit and labels; and its value. */
function points(request: ExportRequest): Record<string, number> {
  const metrics = request.resourceMetrics[0]!.scopeMetrics[0]!.metrics;
  return Object.fromEntries(metrics.map(({ name, unit, sum, gauge }) => {
    const [point] = (sum ?? gauge)!.dataPoints;
    const kind = sum?.isMonotonic ? "counter" : "gauge";
    const key = `${kind} ${name} ${unit ?? ""} ${JSON.stringify(attributes(point!.attributes))}`;
    return [key, point!.asDouble];
  }));
}

function run(stage: Stage, env: Record<string, string>, args: string[]) {
  return stage.run(["--interval=100ms", ...args], { env });
}

const DOOMED = ["sh", "-c", "echo NotFound: 404; exec sleep 300"];

for (const protocol of [undefined, "http/protobuf", "http/json"]) {
  e2e(`a bail-out's metrics arrive by OTLP, protocol ${protocol ?? "unset"}`, async (stage) => {
    await using receiver = new Receiver();
    const { code, stderr } = await run(stage, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      ...(protocol === undefined ? {} : { OTEL_EXPORTER_OTLP_PROTOCOL: protocol }),
    }, DOOMED);
    assertEquals([code, stderr.includes("warning")], [1, false]);
    assertEquals(receiver.requests.map(({ path }) => path), ["/v1/metrics"]);
    const request = decode(receiver.requests[0]!);
    assertEquals(attributes(request.resourceMetrics[0]!.resource.attributes), {
      "service.name": "bailout",
    });
    const found = points(request);
    const labels = '{"rule":"not-found","category":"permission"}';
    assertEquals(found, {
      'counter bailout.runs  {"cause":"finding","exit_code":"1"}': 1,
      "gauge bailout.run.duration s {}": found["gauge bailout.run.duration s {}"]!,
      [`counter bailout.findings  ${labels}`]: 1,
      [`gauge bailout.detection.delay s ${labels}`]:
        found[`gauge bailout.detection.delay s ${labels}`]!,
    });
    assert(Object.values(found).every((value) => value >= 0 && value < 20));
  });
}

e2e(
  "OTLP keeps to OpenTelemetry's variables: resource, headers, endpoint, temporality",
  async (stage) => {
    await using receiver = new Receiver();
    await run(stage, {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${receiver.url}/my/metrics`,
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "delta",
      OTEL_SERVICE_NAME: "trainer",
      OTEL_RESOURCE_ATTRIBUTES: "service.name=other,deployment.environment=test",
    }, ["sh", "-c", "exit 3"]);
    assertEquals(receiver.requests.map(({ path }) => path), ["/my/metrics"]);
    const request = decode(receiver.requests[0]!);
    assertEquals(attributes(request.resourceMetrics[0]!.resource.attributes), {
      "service.name": "trainer",
      "deployment.environment": "test",
    });
    const [runs] = request.resourceMetrics[0]!.scopeMetrics[0]!.metrics;
    // AGGREGATION_TEMPORALITY_DELTA of metrics.proto.
    assertEquals([runs!.name, runs!.sum!.aggregationTemporality], ["bailout.runs", 1]);
  },
);

for (const [name, value] of [["OTEL_METRICS_EXPORTER", "none"], ["OTEL_SDK_DISABLED", "true"]]) {
  e2e(`OTLP is off with ${name}=${value}`, async (stage) => {
    await using receiver = new Receiver();
    await run(stage, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, [name!]: value! }, ["true"]);
    assertEquals(receiver.requests, []);
  });
}

e2e("a collector that refuses is one warning, and the exit code stays", async (stage) => {
  await using receiver = new Receiver(() => new Response("no", { status: 403 }));
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const { code, stderr } = await run(stage, env, ["sh", "-c", "exit 3"]);
  assertEquals(code, 3);
  assertEquals(stderr.match(/^bailout: warning: .*$/gm)?.length, 1);
  assertMatch(stderr, /bailout: warning: cannot send metrics by OTLP: forbidden/);
});

e2e("a collector that isn't there, or hangs, holds the exit for 3 s at most", async (stage) => {
  const forever = Promise.withResolvers<Response>();
  await using receiver = new Receiver(() => forever.promise);
  for (const url of [`http://127.0.0.1:${freePort()}`, receiver.url]) {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url };
    const { code, stderr, ms } = await run(stage, env, ["sh", "-c", "exit 3"]);
    assertEquals(code, 3);
    assertMatch(stderr, /bailout: warning: cannot send metrics by OTLP: .+/);
    assertEquals(stderr.match(/warning/g)?.length, 1);
    assert(ms < 5000, `${ms} ms`);
  }
  forever.resolve(new Response());
});

e2e("a protocol that bailout doesn't speak is one warning", async (stage) => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
  };
  const { stderr } = await run(stage, env, ["true"]);
  assertMatch(stderr, /cannot send metrics by OTLP: the protocol is grpc: bailout speaks http/);
});
