// How runs are stopped: signals, grace, leftovers. Other runs: supervisor_test.ts.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { settle } from "./testing/fake_clock.ts";
import { FakeHost, FakeRun } from "./testing/fake_host.ts";

Deno.test("a child that ignores the stop signal is killed after the grace", async () => {
  const { host, ended } = new FakeRun({ graceMs: 3000, stopSignal: "SIGINT" });
  await settle();
  host.child.print("boom\n");
  await host.clock.pass(5000);
  assertEquals(host.tree.calls, ["stop SIGINT", "wake"]);
  await host.clock.pass(2999);
  assertEquals(host.tree.calls.length, 2);
  await host.clock.pass(1);
  assertEquals(host.tree.calls[2], "stop SIGKILL");
  host.child.exit(137, "SIGKILL");
  assertEquals(await ended, 1);
});

Deno.test("what forks while it is being killed is killed at the next look", async () => {
  const { host, ended } = new FakeRun({ graceMs: 0 });
  await settle();
  host.child.print("boom\n");
  await host.clock.pass(5000);
  await host.clock.pass(200);
  const kills = host.tree.calls.filter((call) => call === "stop SIGKILL").length;
  assertEquals(kills, 1 + 1 + 4);
  host.child.exit(137, "SIGKILL");
  assertEquals(await ended, 1);
});

Deno.test("an unkillable child is given up, and the run ends", async () => {
  const run = new FakeRun();
  const { host } = run;
  await settle();
  host.send("SIGTERM");
  await host.clock.pass(8000 + 2000 + 999);
  assertEquals(run.code, undefined);
  await host.clock.pass(1);
  assertEquals(await run.ended, 137);
  assertEquals(host.clock.pending, 0);
});

Deno.test("SIGTERM is announced and forwarded, and the exit code is the child's", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.send("SIGTERM");
  await settle();
  assertEquals(host.tree.calls, ["forward SIGTERM", "wake"]);
  assertStringIncludes(host.stderr.text, "SIGTERM received: stopping sh (grace: 8s)\n");
  host.child.exit(143, "SIGTERM");
  assertEquals(await ended, 143);
});

Deno.test("a second SIGTERM kills at once", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.send("SIGTERM");
  host.send("SIGTERM");
  await settle();
  assertEquals(host.tree.calls.slice(0, 3), ["forward SIGTERM", "wake", "stop SIGKILL"]);
  host.child.exit(137, "SIGKILL");
  assertEquals([await ended, host.clock.elapsed], [137, 0]);
});

Deno.test("other signals are passed on and stop nothing", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  for (const signal of ["SIGUSR1", "SIGUSR2", "SIGWINCH", "SIGCONT", "SIGTSTP"] as const) {
    host.send(signal);
  }
  await host.clock.pass(60_000);
  const forwarded = ["SIGUSR1", "SIGUSR2", "SIGWINCH", "SIGCONT"].map((name) => `forward ${name}`);
  assertEquals(host.tree.calls, [...forwarded, "suspend"]);
  host.child.exit(0);
  assertEquals(await ended, 0);
});

Deno.test("an error after a stop signal changes nothing", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.send("SIGINT");
  await settle();
  host.child.print("boom\n");
  host.child.exit(130, "SIGINT");
  assertEquals(await ended, 130);
  assertEquals(host.stderr.text.includes("FATAL"), false);
});

Deno.test("a signal during a bail-out doesn't change its exit code", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.child.print("boom\n");
  await host.clock.pass(5000);
  host.send("SIGTERM");
  host.child.exit(143, "SIGTERM");
  assertEquals(await ended, 1);
});

Deno.test("processes that the child leaves behind are stopped, the exit code is the child's", async () => {
  const run = new FakeRun();
  const { host } = run;
  await settle();
  host.tree.leftovers = true;
  host.child.exit(0);
  await host.clock.pass(1000);
  assertEquals(run.code, undefined);
  assertEquals(host.tree.calls, ["stop SIGTERM", "wake"]);
  assertStringIncludes(host.stderr.text, "sh has left processes behind: stopping them\n");
  host.tree.leftovers = false;
  await host.clock.pass(50);
  assertEquals(await run.ended, 0);
});

Deno.test("SIGCHLD tells at once that the leftovers are gone", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.tree.leftovers = true;
  host.child.exit(5);
  await host.clock.pass(60);
  host.tree.leftovers = false;
  host.send("SIGCHLD");
  assertEquals([await ended, host.clock.elapsed], [5, 60]);
});

Deno.test("leftovers that ignore the stop signal are killed after the grace", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  host.tree.leftovers = true;
  host.child.exit(0);
  await host.clock.pass(8000);
  assertEquals(host.tree.calls.includes("stop SIGKILL"), true);
  host.tree.leftovers = false;
  await host.clock.pass(50);
  assertEquals(await ended, 0);
});

Deno.test("every SIGCHLD reaps", async () => {
  const { host, ended } = new FakeRun();
  await settle();
  const before = host.tree.reaped;
  host.send("SIGCHLD");
  host.send("SIGCHLD");
  assertEquals(host.tree.reaped - before, 2);
  host.child.exit(0);
  await ended;
});

Deno.test("the child gets a session of its own, except where it has a terminal to use", async () => {
  for (
    const [interactive, signalMode, expected] of [
      [false, undefined, { signalMode: "group", ownSession: true }],
      [true, undefined, { signalMode: "child", ownSession: false }],
      [true, "group", { signalMode: "group", ownSession: true }],
      [false, "child", { signalMode: "child", ownSession: true }],
    ] as const
  ) {
    const host = new FakeHost();
    host.interactive = interactive;
    const { ended } = new FakeRun({ signalMode }, host);
    await settle();
    assertEquals([host.tree.placement, host.ownSession], [expected, expected.ownSession]);
    host.child.exit(0);
    await ended;
  }
});
