// Runs around which something goes wrong. Runs as they should be: supervisor_test.ts.
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { rule } from "./testing/builders.ts";
import { settle } from "./testing/fake_clock.ts";
import { FakeHost, FakeRun } from "./testing/fake_host.ts";

for (
  const [kind, detail, code] of [
    ["not-found", "not found", 127],
    ["not-executable", "permission denied", 126],
    ["no-room", "too many open files", 125],
  ] as const
) {
  Deno.test(`a command that is ${kind} ends the run with ${code}`, async () => {
    const host = new FakeHost();
    host.failure = { kind, detail };
    const { ended } = new FakeRun({ command: ["my prog"] }, host);
    assertEquals(await ended, code);
    const failure = `bailout: cannot run "my prog": ${detail} (exit code: ${code})\n`;
    assertEquals(host.stderr.text.split("\n").slice(1).join("\n"), failure);
    assertEquals([host.listening, host.clock.pending, host.tree.calls], [0, 0, []]);
  });
}

Deno.test("a command that can't be started is told even to a quiet user", async () => {
  const host = new FakeHost();
  host.failure = { kind: "not-found", detail: "not found" };
  await new FakeRun({ quiet: true }, host).ended;
  assertEquals(host.stderr.text, 'bailout: cannot run "sh": not found (exit code: 127)\n');
});

Deno.test("a stdout whose reader has gone is warned of once, and supervision goes on", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.stdout.break();
  for (let i = 0; i < 5; i++) {
    host.child.print("lost\n");
    await settle();
  }
  host.child.print("boom\n");
  await host.clock.pass(5000);
  assertEquals(host.tree.calls, ["stop SIGTERM", "wake"]);
  host.child.exit(0);
  assertEquals(await ended, 1);
  const warnings = host.stderr.text.match(/^bailout: warning: .*$/gm);
  assertEquals(warnings, [
    "bailout: warning: stdout: Broken pipe (os error 32); " +
    "the child's output is dropped from here on",
  ]);
});

Deno.test("a stderr whose reader has gone changes nothing but that nobody is told", async () => {
  const { host, ended } = new FakeRun();
  host.stderr.break();
  await settle();
  host.child.print("err\n", "stderr");
  host.child.print("boom\n");
  await host.clock.pass(5000);
  host.child.exit(0);
  assertEquals(await ended, 1);
  assertEquals(host.tree.calls, ["stop SIGTERM", "wake"]);
});

Deno.test("a stalled stdout slows the child down and holds up neither ticks nor signals", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.stdout.hold();
  for (let i = 0; i < 10; i++) {
    host.child.print("output\n");
    await settle();
  }
  assertEquals(host.stdout.attempts, 1);
  host.send("SIGUSR1");
  host.child.print("boom\n", "stderr");
  await host.clock.pass(5000);
  assertEquals(host.tree.calls, ["forward SIGUSR1", "stop SIGTERM", "wake"]);
  await host.clock.pass(100);
  assertStringIncludes(host.stderr.text, "FATAL ERROR DETECTED: Boom!");
  host.child.exit(0);
  await host.clock.pass(1000);
  assertEquals([await ended, host.clock.elapsed], [1, 6100]);
});

Deno.test("a slow reader gets every byte after the child's own exit", async () => {
  const run = new FakeRun();
  const { host } = run;
  await settle();
  host.stdout.hold();
  host.child.print("one ");
  await settle();
  host.child.print("two");
  host.child.exit(4);
  await host.clock.pass(3_600_000);
  assertEquals(run.code, undefined);
  host.stdout.release();
  assertEquals(await run.ended, 4);
  assertEquals(host.stdout.text, "one two");
});

Deno.test("a slow reader can't hold up a run that was told to stop", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.stdout.hold();
  host.child.print("output\n");
  host.child.exit(0);
  await host.clock.pass(10_000);
  host.send("SIGTERM");
  await host.clock.pass(1000);
  assertEquals(await ended, 0);
});

for (const stream of ["stdout", "stderr"] as const) {
  Deno.test(`a ${stream} that a stranger holds open holds a run for one second at most`, async () => {
    const run = new FakeRun();
    const { host } = run;
    await settle();
    host.child.print("boom", stream);
    await settle();
    host.child.exitWithOpenPipes(0);
    await host.clock.pass(999);
    assertEquals([run.code, host.child.cancelled], [undefined, []]);
    await host.clock.pass(1);
    assertEquals(await run.ended, 1);
    assertEquals(host.child.cancelled, ["stdout", "stderr"]);
  });
}

Deno.test("the second for open pipes is a whole one, also at the end of the grace", async () => {
  const run = new FakeRun();
  const { host } = run;
  await settle();
  host.send("SIGTERM");
  await host.clock.pass(7500);
  host.child.exitWithOpenPipes(0);
  await host.clock.pass(999);
  assertEquals(run.code, undefined);
  await host.clock.pass(1);
  assertEquals(await run.ended, 0);
});

Deno.test("a stderr that nobody reads can't hold the end of a run for more than a second", async () => {
  const run = new FakeRun();
  const { host } = run;
  await settle();
  host.stderr.hold();
  host.child.exit(0);
  await host.clock.pass(999);
  assertEquals(run.code, undefined);
  await host.clock.pass(1);
  assertEquals(await run.ended, 0);
});

Deno.test("a fault of bailout itself kills the tree, and is told to main", async () => {
  const host = new FakeHost();
  host.failure = new Error("a fault");
  await assertRejects(() => new FakeRun({}, host).ended, Error, "a fault");
  assertEquals(host.tree.calls, ["stop SIGKILL"]);
  assertEquals([host.listening, host.clock.pending], [0, 0]);
});

Deno.test("a fault while the child runs kills the tree too", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.tree.suspend = () => {
    throw new Error("a fault");
  };
  const failed = assertRejects(() => ended, Error, "a fault");
  host.send("SIGTSTP");
  await failed;
  assertEquals(host.tree.calls, ["stop SIGKILL"]);
  assertEquals([host.listening, host.clock.pending], [0, 0]);
});

Deno.test("a detection that fails is warned of once, and output still passes", async () => {
  // A stand-in for a regular expression that runs out of stack.
  const pattern = {
    get level(): never {
      throw new RangeError("Maximum call stack size exceeded");
    },
  };
  const faulty = { ...rule(), matcher: { kind: "facts" as const, anyOf: [pattern] } };
  const { host, ended } = new FakeRun({ rules: [faulty], quiet: true });
  await settle();
  const header = "Traceback (most recent call last):\n  File 1\n";
  host.child.print(header);
  host.child.print(header, "stderr");
  await host.clock.pass(5000);
  host.child.exit(3);
  assertEquals(await ended, 3);
  assertEquals(host.stdout.text, header);
  assertEquals(
    host.stderr.text,
    `${header}bailout: warning: detection failed on a line: Maximum call stack size exceeded; ` +
      "the run goes on\n",
  );
});

Deno.test("a rule that is no regular expression ends the run, and kills the child's tree", async () => {
  const host = new FakeHost();
  const broken = rule({ matcher: { kind: "pattern", pattern: "(" } });
  await assertRejects(async () => await new FakeRun({ rules: [broken] }, host).ended, SyntaxError);
  assertEquals(host.tree.calls, ["stop SIGKILL"]);
});

Deno.test("what has ended before anybody listened is reaped, of a failed start too", async () => {
  for (const failure of [undefined, { kind: "not-found", detail: "not found" } as const]) {
    const host = new FakeHost();
    host.failure = failure;
    const { ended } = new FakeRun({}, host);
    await settle();
    assertEquals(host.tree.reaped, 1);
    host.child.exit(0);
    await ended;
  }
});

Deno.test("where stdout can't be ended early the run goes on, and all of it is written first", async () => {
  const host = new FakeHost();
  let written = "";
  host.endStdout = () => {
    written = host.stdout.text;
    throw new Deno.errors.BadResource("Bad resource ID");
  };
  const { ended } = new FakeRun({}, host);
  await settle();
  host.child.print("last words\n");
  host.child.exit(4);
  assertEquals([await ended, written], [4, "last words\n"]);
});

Deno.test("what the child prints while the rest is loaded is passed on and looked at", async () => {
  let load = () => {};
  const loading = new Promise<void>((resolve) => load = resolve);
  const { host, ended } = new FakeRun({}, new FakeHost(), loading);
  await settle();
  host.child.print("early\nboom\n");
  await host.clock.pass(300);
  assertEquals(host.stdout.text, "");
  load();
  // The ticks count from the child's start.
  await host.clock.pass(4699);
  assertEquals([host.stdout.text, host.tree.calls], ["early\nboom\n", []]);
  await host.clock.pass(1);
  assertEquals(host.tree.calls, ["stop SIGTERM", "wake"]);
  host.child.exit(143, "SIGTERM");
  assertEquals(await ended, 1);
});

Deno.test("a run without rules only passes output and signals on", async () => {
  const { host, ended } = new FakeRun({ rules: [] });
  await settle();
  host.child.print("boom\n");
  await host.clock.pass(20_000);
  assert(host.tree.calls.length === 0);
  host.child.exit(0);
  assertEquals(await ended, 0);
});
