import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Config } from "./core/config.ts";
import type { Verdict } from "./core/verdict.ts";
import { createMask } from "./core/mask.ts";
import { Outlet } from "./host/outlet.ts";
import { PLAIN } from "./render/paint.ts";
import { bytes, config, finding, record } from "./testing/builders.ts";
import { FakeClock, settle } from "./testing/fake_clock.ts";
import { FakeWriter } from "./testing/fake_writer.ts";
import { Voice } from "./voice.ts";

function voice(fields: Partial<Config> = {}) {
  const clock = new FakeClock();
  const out = new FakeWriter();
  const err = new FakeWriter();
  const stdout = new Outlet(out, () => {});
  const stderr = new Outlet(err, () => {});
  return {
    clock,
    out,
    err,
    stdout,
    stderr,
    voice: new Voice(config(fields), PLAIN, { stdout, stderr, clock, mask: createMask([]) }),
  };
}

const EXIT = { cause: "exit", child: { code: 0, signal: undefined } } as const;
const FINDING: Verdict = { cause: "finding", finding: finding(["before", "boom"]) };

Deno.test("Voice says its lines in order", async () => {
  const { voice: own, err } = voice({ logFile: { path: "/tmp/x", maxBytes: 1 } });
  own.starting();
  own.started(7);
  own.signal("SIGINT");
  own.leftovers();
  own.warning("careful");
  own.verdict(EXIT, record(EXIT));
  await settle();
  assertEquals(
    err.text,
    `🚀 Starting sh with fatal error detection...
📝 Logs: /tmp/x
✓ sh started (PID: 7)
⏳ Monitoring for fatal errors...
SIGINT received: stopping sh (grace: 8s)
sh has left processes behind: stopping them
bailout: warning: careful
✓ sh exited (exit code: 0)
`,
  );
});

Deno.test("Voice says only warnings, reports and bad verdicts with --quiet", async () => {
  const { voice: own, err } = voice({ quiet: true });
  own.starting();
  own.started(7);
  own.signal("SIGINT");
  own.leftovers();
  own.verdict(EXIT, record(EXIT));
  await settle();
  assertEquals(err.text, "");
  own.warning("careful");
  own.report(finding(), 7);
  own.verdict(FINDING, record(FINDING));
  await settle();
  for (const text of ["warning: careful\n", "FATAL ERROR DETECTED", "stopped by rule boom"]) {
    assertStringIncludes(err.text, text);
  }
});

Deno.test("Voice gives a report only after the child's output has left by stdout", async () => {
  const { voice: own, out, err, stdout, clock } = voice();
  out.hold();
  stdout.write(bytes("boom\n"));
  own.report(finding(), 7);
  own.warning("later");
  await clock.pass(99);
  assertEquals(err.text, "");
  out.release();
  await settle();
  assertStringIncludes(err.text, "FATAL ERROR DETECTED: Boom!");
  assertEquals(err.text.endsWith("bailout: warning: later\n"), true);
  assertEquals(clock.pending, 0);
});

Deno.test("Voice waits with a report for a slow stdout no longer than 100 ms", async () => {
  const { voice: own, out, err, stdout, clock } = voice();
  out.hold();
  stdout.write(bytes("boom\n"));
  own.report(finding(), 7);
  await clock.pass(100);
  assertStringIncludes(err.text, "FATAL ERROR DETECTED: Boom!");
});

Deno.test("Voice puts its words on a line of their own after the child's unfinished one", async () => {
  const { voice: own, err, stderr } = voice();
  stderr.write(bytes("10%"));
  own.warning("careful");
  await settle();
  assertEquals(err.text, "10%\nbailout: warning: careful\n");
});

Deno.test("Voice is finished when all is said", async () => {
  const { voice: own, err, clock } = voice();
  own.warning("last words");
  await own.finished(1000);
  assertEquals(err.text, "bailout: warning: last words\n");
  assertEquals([clock.elapsed, clock.pending], [0, 0]);
});

Deno.test("Voice is finished after the given time where nobody listens", async () => {
  const { voice: own, err, clock } = voice();
  err.hold();
  own.warning("unheard");
  let finished = false;
  own.finished(1000).then(() => finished = true);
  await clock.pass(999);
  assertEquals(finished, false);
  await clock.pass(1);
  assertEquals(finished, true);
});

/** What was written, each line read as JSON. */
function entries(text: string): Record<string, unknown>[] {
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}

const LABELS = { "logging.googleapis.com/labels": { rule: "boom", category: "config" } };
const TIME = "2026-11-28T00:00:00.000Z";

Deno.test("Voice says each of its lines as an object with --format json", async () => {
  const { voice: own, err } = voice({ format: "json", logFile: { path: "/tmp/x", maxBytes: 1 } });
  own.starting();
  own.warning("careful");
  own.finding(finding());
  own.verdict(EXIT, record(EXIT));
  await settle();
  assertEquals(entries(err.text), [
    {
      severity: "INFO",
      message: "🚀 Starting sh with fatal error detection...",
      time: TIME,
    },
    { severity: "INFO", message: "📝 Logs: /tmp/x", time: TIME },
    { severity: "WARNING", message: "bailout: warning: careful", time: TIME },
    { severity: "WARNING", message: "⚠ Boom! (rule boom, line 1): boom", time: TIME, ...LABELS },
    {
      severity: "INFO",
      message: "✓ sh exited (exit code: 0)",
      time: TIME,
      bailout: record(EXIT),
    },
  ]);
});

Deno.test("Voice makes of a bail-out one critical entry with the report and the record", async () => {
  const { voice: own, err } = voice({ format: "json", quiet: true, annotations: true });
  own.report(finding(), 7);
  own.verdict(FINDING, record(FINDING));
  await settle();
  const [early, last, ...more] = entries(err.text);
  assertEquals(more, []);
  assertEquals(early, {
    severity: "WARNING",
    message: "Stopping sh by rule boom: it went boom",
    time: TIME,
    ...LABELS,
  });
  assertEquals({ ...last, message: (last!.message as string).split("\n") }, {
    severity: "CRITICAL",
    message: [
      "🚨 FATAL ERROR DETECTED: Boom!",
      "━━━ Error Context (10 lines before error) ━━━",
      "before",
      "boom",
      "━".repeat(43),
      "❌ Killing agent (PID: 4242) - it went boom",
      "✗ sh stopped by rule boom after 1.5s (exit code: 1)",
    ],
    time: TIME,
    ...LABELS,
    bailout: record(FINDING),
  });
});

Deno.test("Voice gives a dry run's report at once, as a warning", async () => {
  const { voice: own, err } = voice({ format: "json", dryRun: true });
  own.report(finding(), 7);
  await settle();
  const [entry] = entries(err.text);
  assertEquals(entry!.severity, "WARNING");
  assertStringIncludes(entry!.message as string, "FATAL ERROR DETECTED: Boom!");
});

Deno.test("Voice calls a command that can't be started an error", async () => {
  const { voice: own, err } = voice({ format: "json", quiet: true });
  const failed: Verdict = {
    cause: "spawn-failure",
    failure: { kind: "not-found", detail: "not found" },
  };
  own.verdict(failed, record(failed));
  await settle();
  assertEquals(entries(err.text).map(({ severity }) => severity), ["ERROR"]);
});

Deno.test("Voice annotates a report for GitHub Actions, and only there", async () => {
  const annotated = voice({ annotations: true });
  annotated.voice.report(finding(), 7);
  const plain = voice();
  plain.voice.report(finding(), 7);
  const dry = voice({ annotations: true, dryRun: true });
  dry.voice.report(finding(), 7);
  await settle();
  assertEquals(annotated.err.text.startsWith(plain.err.text), true);
  assertStringIncludes(annotated.err.text, "\n::error title=");
  assertEquals(plain.err.text.includes("::error"), false);
  assertStringIncludes(dry.err.text, "\n::warning title=");
});
