import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Config } from "./core/config.ts";
import { Outlet } from "./host/outlet.ts";
import { PLAIN } from "./render/paint.ts";
import { bytes, config, finding } from "./testing/builders.ts";
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
    voice: new Voice(config(fields), PLAIN, { stdout, stderr, clock }),
  };
}

const EXIT = { cause: "exit", child: { code: 0, signal: undefined } } as const;

Deno.test("Voice says its lines in order", async () => {
  const { voice: own, err } = voice({ logFile: { path: "/tmp/x", maxBytes: 1 } });
  own.starting();
  own.started(7);
  own.signal("SIGINT");
  own.leftovers();
  own.warning("careful");
  own.verdict(EXIT, 0, 1000);
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
  own.verdict(EXIT, 0, 1000);
  await settle();
  assertEquals(err.text, "");
  own.warning("careful");
  own.report(finding(), 7);
  own.verdict({ cause: "finding", finding: finding() }, 1, 1000);
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
