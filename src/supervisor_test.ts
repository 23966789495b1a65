// Whole runs in a world without processes. What goes wrong around them: supervisor_trouble_test.ts;
// how they are stopped: supervisor_stop_test.ts.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { rule } from "./testing/builders.ts";
import { settle } from "./testing/fake_clock.ts";
import { FakeHost, FakeRun } from "./testing/fake_host.ts";

const STARTED = `🚀 Starting sh with fatal error detection...
✓ sh started (PID: 4242)
⏳ Monitoring for fatal errors...
`;

const REPORT = `
🚨 FATAL ERROR DETECTED: Boom!
━━━ Error Context (10 lines before error) ━━━
before
boom
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
❌ Killing agent (PID: 4242) - it went boom
`;

Deno.test("a healthy run passes the output through and ends as its child does", async () => {
  const { host, ended } = new FakeRun({ command: ["sh", "-c", "exit 3"] });
  await settle();
  host.child.print("to stdout\n");
  host.child.print("to stderr\n", "stderr");
  await host.clock.pass(60_000);
  host.child.exit(3);
  assertEquals(await ended, 3);
  assertEquals(host.commands, [["sh", "-c", "exit 3"]]);
  assertEquals(host.stdout.text, "to stdout\n");
  assertEquals(host.stderr.text, `${STARTED}to stderr\n✓ sh exited (exit code: 3)\n`);
  assertEquals(host.tree.calls, []);
});

Deno.test("who reads stdout sees its end when the child's has ended and is written", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.stdout.hold();
  host.child.print("last words\n");
  host.child.closePipe("stdout");
  await settle();
  assertEquals(host.stdoutEnded, false);
  host.stdout.release();
  await settle();
  assertEquals([host.stdout.text, host.stdoutEnded], ["last words\n", true]);
  host.child.closePipe("stderr");
  host.child.exitWithOpenPipes(0);
  assertEquals(await ended, 0);
});

Deno.test("a run leaves no timer and no signal listener behind", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  assertEquals(host.listening, 10);
  host.child.exit(0);
  await ended;
  assertEquals([host.listening, host.clock.pending], [0, 0]);
});

Deno.test("an error is acted on at the next tick: report, stop, verdict", async () => {
  const { host, ended } = new FakeRun();
  await host.clock.pass(1000);
  host.child.print("before\nboom\n");
  await host.clock.pass(3999);
  assertEquals([host.stderr.text, host.tree.calls], [STARTED, []]);
  await host.clock.pass(1);
  assertEquals(host.tree.calls, ["stop SIGTERM", "wake"]);
  assertEquals(host.stderr.text, STARTED + REPORT);
  host.child.exit(143, "SIGTERM");
  assertEquals(await ended, 1);
  const verdict = "✗ sh stopped by rule boom after 5.0s (exit code: 1)\n";
  assertEquals(host.stderr.text, STARTED + REPORT + verdict);
});

Deno.test("an error that 500 lines have followed since is still acted on", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.child.print("before\nboom\n" + "later\n".repeat(500));
  await host.clock.pass(5000);
  assertEquals(host.stderr.text, STARTED + REPORT);
  host.child.exit(0);
  assertEquals(await ended, 1);
});

Deno.test("an interval of 0 acts on an error as its line arrives", async () => {
  const { host, ended } = new FakeRun({ intervalMs: 0 });
  await settle();
  host.child.print("before\nboom");
  await settle();
  assertEquals(host.tree.calls, []);
  host.child.print("\n");
  await settle();
  assertEquals([host.tree.calls, host.clock.elapsed], [["stop SIGTERM", "wake"], 0]);
  host.child.exit(0);
  assertEquals(await ended, 1);
});

const TRACEBACK = 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1\n';
const PYTHON = rule({ id: "python", matcher: { kind: "traceback" } });

Deno.test("an interval of 0 acts on a traceback as soon as it has settled", async () => {
  const { host, ended } = new FakeRun({ intervalMs: 0, rules: [PYTHON] });
  await host.clock.pass(1000);
  host.child.print(TRACEBACK, "stderr");
  await host.clock.pass(49);
  assertEquals(host.tree.calls, []);
  await host.clock.pass(1);
  assertEquals(host.tree.calls, ["stop SIGTERM", "wake"]);
  host.child.exit(0);
  assertEquals(await ended, 1);
});

Deno.test("a traceback right before a tick is acted on when it has settled", async () => {
  const { host, ended } = new FakeRun({ rules: [PYTHON] });
  await host.clock.pass(4990);
  host.child.print(TRACEBACK, "stderr");
  await host.clock.pass(49);
  assertEquals(host.tree.calls, []);
  await host.clock.pass(1);
  assertEquals([host.tree.calls[0], host.clock.elapsed], ["stop SIGTERM", 5040]);
  host.child.exit(0);
  assertEquals(await ended, 1);
});

Deno.test("an error printed right before death is reported, also in an unfinished line", async () => {
  const { host, ended } = new FakeRun();
  await host.clock.pass(12_300);
  host.child.print("before\nboom");
  host.child.exit(7);
  assertEquals(await ended, 1);
  const verdict = "✗ sh stopped by rule boom after 12.3s (exit code: 1)\n";
  assertEquals(host.stderr.text, STARTED + REPORT + verdict);
  assertEquals(host.tree.calls, []);
});

Deno.test("an error that the pipes give out only after the child's exit is reported", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.child.exitWithOpenPipes(0);
  host.child.closePipe("stdout");
  await host.clock.pass(900);
  host.child.print("boom\n", "stderr");
  host.child.closePipe("stderr");
  assertEquals(await ended, 1);
});

Deno.test("the exit code is the category's where that is wanted", async () => {
  const { host, ended } = new FakeRun({ exitCodes: "category" });
  await settle();
  host.child.print("boom\n");
  host.child.exit(0);
  assertEquals(await ended, 10);
});

Deno.test("a quiet run says nothing when all goes well", async () => {
  const { host, ended } = new FakeRun({ quiet: true });
  await settle();
  host.child.print("to stderr\n", "stderr");
  host.send("SIGTERM");
  host.child.exit(143, "SIGTERM");
  assertEquals(await ended, 143);
  assertEquals(host.stderr.text, "to stderr\n");
});

Deno.test("a quiet run still gives the report and the verdict of a bail-out", async () => {
  const { host, ended } = new FakeRun({ quiet: true });
  await settle();
  host.child.print("before\nboom\n");
  host.child.exit(0);
  await ended;
  assertEquals(
    host.stderr.text,
    `${REPORT}✗ sh stopped by rule boom after 0.0s (exit code: 1)\n`,
  );
});

Deno.test("a dry run reports each rule once, stops nothing, and ends as its child does", async () => {
  const { host, ended } = new FakeRun({ dryRun: true, rules: [rule(), rule({ id: "other" })] });
  await settle();
  host.child.print("boom\n");
  await host.clock.pass(5000);
  host.child.print("boom\n");
  await host.clock.pass(5000);
  host.child.print("boom\n");
  host.child.exit(0);
  assertEquals(await ended, 0);
  assertEquals(host.tree.calls, []);
  const reports = host.stderr.text.match(/^Dry run: .*$/gm);
  assertEquals(reports, [
    "Dry run: agent (PID: 4242) left alone - it went boom (rule boom)",
    "Dry run: agent (PID: 4242) left alone - it went boom (rule other)",
  ]);
  assertEquals(host.stderr.text.endsWith("\n✓ sh exited (exit code: 0)\n"), true);
});

Deno.test("colours are used where the terminal has them, or the user wants them", async () => {
  const painted = async (color: "auto" | "always" | "never", colorful: boolean) => {
    const host = new FakeHost();
    host.colorful = colorful;
    const { ended } = new FakeRun({ color }, host);
    await settle();
    host.child.exit(0);
    await ended;
    return host.stderr.text.includes("\x1b[");
  };
  // The library that paints looks at NO_COLOR by itself.
  assertEquals([await painted("auto", true), await painted("auto", false)], [!Deno.noColor, false]);
  assertEquals([await painted("always", false), await painted("never", true)], [
    !Deno.noColor,
    false,
  ]);
});

Deno.test("the log file gets both streams, and its trouble becomes a warning", async () => {
  const logFile = { path: "/tmp/x.log", maxBytes: 100 };
  const { host, ended } = new FakeRun({ logFile });
  await settle();
  host.child.print("out\n");
  await settle();
  host.child.print("err\n", "stderr");
  await settle();
  host.warnOfLog("it is full");
  host.child.exit(0);
  await ended;
  assertEquals([host.logs, host.log.text], [[logFile], "out\nerr\n"]);
  assertStringIncludes(host.stderr.text, "📝 Logs: /tmp/x.log\n");
  assertStringIncludes(host.stderr.text, "bailout: warning: it is full\n");
});
