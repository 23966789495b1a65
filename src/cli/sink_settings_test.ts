import { assertEquals } from "@std/assert";
import type { SinkConfig } from "../core/config.ts";
import { usageError } from "../testing/usage_error.ts";
import { readSinks } from "./sink_settings.ts";
import { Values } from "./values.ts";

function sinks(env: Record<string, string>, flags: Record<string, string> = {}): SinkConfig {
  const written = new Map(Object.entries(flags).map(([name, text]) => [name, [text]]));
  return readSinks(new Values(written, env), env);
}

Deno.test("readSinks() takes each option's variable", () => {
  const read = sinks({
    BAILOUT_VERDICT_FILE: "/v",
    BAILOUT_TERMINATION_LOG: "/t",
    BAILOUT_WEBHOOK: "https://hooks.example/a",
    BAILOUT_WEBHOOK_FORMAT: "slack",
    BAILOUT_PUSHGATEWAY: "http://push:9091/prefix",
    TORCHELASTIC_ERROR_FILE: "/e",
  });
  assertEquals(read, {
    verdictFile: "/v",
    terminationLog: "/t",
    torchErrorFile: "/e",
    webhook: { url: "https://hooks.example/a", format: "slack" },
    pushgateway: "http://push:9091/prefix",
    otlp: false,
  });
});

Deno.test("readSinks() takes an empty variable for an unset one", () => {
  const read = sinks({
    BAILOUT_WEBHOOK: "",
    TORCHELASTIC_ERROR_FILE: "",
    OTEL_EXPORTER_OTLP_ENDPOINT: "",
  });
  assertEquals([read.webhook, read.torchErrorFile, read.otlp], [undefined, undefined, false]);
});

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };
const OTLP: [env: Record<string, string>, wanted: boolean][] = [
  [ENDPOINT, true],
  [{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://collector:4318/v1/metrics" }, true],
  [{ ...ENDPOINT, OTEL_METRICS_EXPORTER: "otlp" }, true],
  [{ ...ENDPOINT, OTEL_METRICS_EXPORTER: "none" }, false],
  [{ ...ENDPOINT, OTEL_SDK_DISABLED: "true" }, false],
];
for (const [env, wanted] of OTLP) {
  Deno.test(`readSinks() with ${JSON.stringify(env)}: OTLP ${wanted ? "on" : "off"}`, () => {
    assertEquals(sinks(env).otlp, wanted);
  });
}

const WRONG: [flags: Record<string, string>, sentence: string][] = [
  [
    { webhook: "hooks.example/x" },
    '--webhook: "hooks.example/x" is not a URL (write it like https://example.com/path)',
  ],
  [
    { pushgateway: "push:9091" },
    '--pushgateway: "push:9091" is not a URL (write it like https://example.com/path)',
  ],
  [
    { webhook: "https//hooks.slack.com/services/T0/B0/password" },
    '--webhook: "https//hooks.slack.c…" is not a URL (write it like https://example.com/path)',
  ],
  [
    { webhook: "https://hooks.example", "webhook-format": "teams" },
    '--webhook-format: "teams" is not a choice (use one of json, slack)',
  ],
];
for (const [flags, sentence] of WRONG) {
  Deno.test(`readSinks() refuses ${JSON.stringify(flags)}`, () => {
    assertEquals(usageError(() => sinks({}, flags)), sentence);
  });
}
