import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SinkConfig } from "./core/config.ts";
import type { RunRecord } from "./core/record.ts";
import { NO_SINKS } from "./testing/builders.ts";
import { settle } from "./testing/fake_clock.ts";
import { FakeHost, FakeRun } from "./testing/fake_host.ts";

const WEBHOOK: SinkConfig = {
  ...NO_SINKS,
  verdictFile: "/v.json",
  webhook: { url: "https://hooks.example/x", format: "json" },
};

/** A host whose webhook never answers. */
function hanging(): FakeHost {
  const host = new FakeHost();
  host.sinks.replaced.webhook = () => new Promise(() => {});
  return host;
}

function recordOf(host: FakeHost): RunRecord {
  return JSON.parse(host.sinks.got("verdictFile")![1] as string);
}

Deno.test("a bail-out's record tells when it was detected, and each signal of the stop", async () => {
  const { host, ended } = new FakeRun({ sinks: WEBHOOK, graceMs: 2000, exitCodes: "category" });
  await host.clock.pass(1000);
  host.child.print("boom\n");
  await host.clock.pass(6000);
  host.child.exit(137, "SIGKILL");
  assertEquals(await ended, 10);
  const own = recordOf(host);
  assertEquals(own, {
    ...own,
    exitCode: 10,
    pid: 4242,
    startedAt: "2026-11-28T00:00:00.000Z",
    detectedAt: "2026-11-28T00:00:05.000Z",
    endedAt: "2026-11-28T00:00:07.000Z",
    durationMs: 7000,
    detectionDelayMs: 4000,
    stop: [
      { signal: "SIGTERM", at: "2026-11-28T00:00:05.000Z" },
      { signal: "SIGKILL", at: "2026-11-28T00:00:07.000Z" },
    ],
    child: { code: 137, signal: "SIGKILL" },
  });
  assertEquals(host.sinks.got("webhook")![1], JSON.stringify(own));
});

Deno.test("a sink that hangs delays neither the stop nor the exit by more than 8 s", async () => {
  const { host, ended } = new FakeRun({ sinks: WEBHOOK }, hanging());
  await settle();
  host.child.print("boom\n");
  await host.clock.pass(5000);
  assertEquals(host.tree.calls, ["stop SIGTERM", "wake"]);
  host.child.exit(143, "SIGTERM");
  await host.clock.pass(7999);
  assertEquals(host.stderr.text.includes("stopped by rule"), false);
  await host.clock.pass(1);
  assertEquals(await ended, 1);
  assertEquals(host.stderr.text.split("\n").slice(-3, -1), [
    "bailout: warning: cannot reach the webhook at hooks.example: it took too long",
    "✗ sh stopped by rule boom after 5.0s (exit code: 1)",
  ]);
});

Deno.test("after a signal the sinks share the grace, and have at least a second", async () => {
  for (const [childMs, sinksMs] of [[3000, 5000], [7900, 1000]] as const) {
    const host = new FakeHost();
    host.sinks.replaced.pushgateway = () => new Promise(() => {});
    const sinks = { ...NO_SINKS, pushgateway: "http://push:9091" };
    const run = new FakeRun({ sinks }, host);
    await settle();
    host.send("SIGTERM");
    await host.clock.pass(childMs);
    host.child.exit(0);
    await host.clock.pass(sinksMs - 1);
    assertEquals(run.code, undefined);
    await host.clock.pass(1);
    assertEquals(run.code, 0);
  }
});

Deno.test("a command that can't be started has a record too", async () => {
  const host = new FakeHost();
  host.failure = { kind: "not-found", detail: "not found" };
  assertEquals(await new FakeRun({ sinks: WEBHOOK }, host).ended, 127);
  assertEquals([recordOf(host).cause, recordOf(host).pid], ["spawn_failure", null]);
  assertEquals(host.sinks.got("webhook"), undefined);
});

Deno.test("a secret is in no sink and no report, and the stream is as it was", async () => {
  const secret = "hunter2hunter2";
  const { host, ended } = new FakeRun({
    command: ["run", `--key=${secret}`],
    names: { full: "run", short: "run" },
    sinks: { ...WEBHOOK, torchErrorFile: "/e", pushgateway: "http://push", otlp: true },
    secrets: [secret],
    annotations: true,
  });
  await settle();
  host.child.print(`the key is ${secret}\nboom ${btoa(secret)}\n`);
  await host.clock.pass(5000);
  host.child.exit(0);
  await ended;
  assertEquals(host.commands, [["run", `--key=${secret}`]]);
  assertStringIncludes(host.stdout.text, secret);
  assertStringIncludes(host.stderr.text, "the key is ***\nboom ***");
  const out = host.stderr.text + JSON.stringify(host.sinks.calls);
  for (const form of [secret, btoa(secret)]) assertEquals(out.includes(form), false);
  assertEquals(recordOf(host).command, ["run", "--key=***"]);
});
