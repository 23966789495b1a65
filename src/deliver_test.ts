import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SinkConfig } from "./core/config.ts";
import { deliver } from "./deliver.ts";
import { finding, NO_SINKS, record } from "./testing/builders.ts";
import { EPOCH } from "./testing/fake_clock.ts";
import { FakeHost } from "./testing/fake_host.ts";

const ALL: SinkConfig = {
  verdictFile: "/v.json",
  terminationLog: "/t",
  torchErrorFile: "/e.json",
  webhook: { url: "https://hooks.example/services/password", format: "json" },
  pushgateway: "http://push:9091",
  otlp: true,
};
const NETWORK = ["webhook", "pushgateway", "otlp"] as const;

const BAIL_OUT = record({ cause: "finding", finding: finding(["before", "boom"]) });
const EXIT = record({ cause: "exit", child: { code: 0, signal: undefined } });

/** A delivery under way; `prepare` may change what the sinks do. */
function delivery(sinks: SinkConfig, own = BAIL_OUT, prepare = (_: FakeHost) => {}) {
  const host = new FakeHost();
  prepare(host);
  const warnings: string[] = [];
  const end = {
    record: own,
    verdict: "the verdict",
    startedMs: EPOCH,
    detectedMs: EPOCH + 200,
  };
  const done = deliver(end, {
    config: { sinks, names: { full: "sh", short: "sh" } },
    sinks: host.sinks,
    clock: host.clock,
    deadline: host.clock.now() + 8000,
    warn: (text) => warnings.push(text),
  });
  return { host, warnings, done, called: () => host.sinks.calls.map(({ sink }) => sink) };
}

Deno.test("deliver() gives a bail-out to every sink that is asked for", async () => {
  const { host: { sinks, clock }, warnings, done, called } = delivery(ALL);
  await done;
  assertEquals(called().length, 6);
  assertEquals(sinks.got("verdictFile"), ["/v.json", `${JSON.stringify(BAIL_OUT)}\n`]);
  assertEquals(sinks.got("webhook"), [ALL.webhook!.url, JSON.stringify(BAIL_OUT)]);
  const [message, options] = sinks.got("terminationLog")!;
  assertEquals((message as string).split("\n")[0], "FATAL ERROR DETECTED: Boom!");
  assertEquals(options, { path: "/t", overwrite: true });
  assertEquals(sinks.got("errorFile")![2], EPOCH);
  assertEquals(sinks.got("pushgateway")!.slice(0, 2), ["http://push:9091", "sh"]);
  assertEquals(sinks.got("otlp")![0], sinks.got("pushgateway")![2]);
  assertEquals([warnings, clock.pending], [[], 0]);
});

Deno.test("deliver() gives other ends only to the sinks that get every end", async () => {
  const { host: { sinks }, done, called } = delivery(ALL, EXIT);
  await done;
  assertEquals(called(), ["terminationLog", "verdictFile", "pushgateway", "otlp"]);
  assertEquals(sinks.got("terminationLog"), ["the verdict\n", { path: "/t", overwrite: false }]);
});

Deno.test("deliver() writes nothing but Kubernetes' termination log where nothing is asked", async () => {
  const { host: { sinks }, done, called } = delivery(NO_SINKS);
  await done;
  assertEquals(called(), ["terminationLog"]);
  assertEquals(sinks.got("terminationLog")![1], { path: undefined, overwrite: true });
});

Deno.test("deliver() gives Slack a message of its own", async () => {
  const webhook = { url: "https://hooks.example/x", format: "slack" } as const;
  const { host: { sinks }, done } = delivery({ ...NO_SINKS, webhook });
  await done;
  assertEquals(JSON.parse(sinks.got("webhook")![1] as string).text.includes("Boom!"), true);
});

Deno.test("deliver() warns once of each sink that fails, without a webhook's path", async () => {
  const { warnings, done, called } = delivery(ALL, BAIL_OUT, ({ sinks }) => {
    for (
      const { sink } of [{ sink: "terminationLog" as const }, { sink: "verdictFile" as const }]
    ) {
      const error = new Deno.errors.PermissionDenied(
        "Permission denied (os error 13): open '/v.json'",
      );
      sinks.replaced[sink] = () => Promise.reject(error);
    }
    sinks.replaced.errorFile = () => {
      throw new Error("it is not a regular file");
    };
    for (const sink of NETWORK) {
      sinks.replaced[sink] = () => Promise.reject(new Error(`no way\n${"x".repeat(999)}`));
    }
  });
  await done;
  assertEquals(called().length, 6);
  assertEquals(warnings.sort(), [
    "cannot push to the Pushgateway at push:9091: no way",
    "cannot reach the webhook at hooks.example: no way",
    "cannot send metrics by OTLP: no way",
    "cannot write TORCHELASTIC_ERROR_FILE /e.json: it is not a regular file",
    "cannot write the termination log /t: permission denied",
    "cannot write the verdict file /v.json: permission denied",
  ]);
});

Deno.test("deliver() gives up on all that hang at the deadline, side by side", async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const { host, warnings, done, called } = delivery(ALL, BAIL_OUT, ({ sinks }) => {
    for (const sink of [...NETWORK, "verdictFile"] as const) {
      sinks.replaced[sink] = (signal) => {
        signals.push(signal);
        return new Promise(() => {});
      };
    }
  });
  let delivered = false;
  done.then(() => delivered = true);
  await host.clock.pass(7999);
  assertEquals([called().length, delivered, warnings.length], [6, false, 0]);
  await host.clock.pass(1);
  assertEquals([delivered, warnings.length, host.clock.pending], [true, 4, 0]);
  for (const warning of warnings) assertStringIncludes(warning, ": it took too long");
  assertEquals(signals.filter((signal) => signal?.aborted).length, 2);
});
