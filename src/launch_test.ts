import { assertEquals, assertRejects } from "@std/assert";
import { launch, type Launched } from "./launch.ts";
import { config } from "./testing/builders.ts";
import { settle } from "./testing/fake_clock.ts";
import { FakeHost } from "./testing/fake_host.ts";

const COMMAND = { command: ["sh", "-c", "true"], signalMode: undefined } as const;

Deno.test("the command is started before what looks after it is loaded", async () => {
  const host = new FakeHost();
  let started: string[][] = [];
  const got: Launched[] = [];
  await host.clock.pass(7);
  const code = await launch(COMMAND, host, () => {
    started = [...host.commands];
    return Promise.resolve((launched) => {
      got.push(launched);
      return Promise.resolve(3);
    });
  });
  assertEquals(started, [["sh", "-c", "true"]]);
  assertEquals(got, [{ startedAt: host.clock.now(), child: host.child }]);
  assertEquals([code, host.tree.calls], [3, []]);
});

Deno.test("a child has a session of its own, but for one that uses our terminal", async () => {
  const sessions: unknown[] = [];
  for (const interactive of [false, true]) {
    const host = new FakeHost();
    host.interactive = interactive;
    await launch(COMMAND, host, () => Promise.resolve(() => Promise.resolve(0)));
    sessions.push([host.ownSession, host.tree.placement?.signalMode]);
  }
  assertEquals(sessions, [[true, "group"], [false, "child"]]);
});

Deno.test("where the rest can't be loaded the child's tree is killed", async () => {
  const host = new FakeHost();
  const missing = () => Promise.reject(new TypeError("Module not found"));
  await assertRejects(() => launch(config(), host, missing), TypeError, "Module not found");
  assertEquals(host.tree.calls, ["stop SIGKILL"]);
});

Deno.test("where the supervision fails the child's tree is killed", async () => {
  const host = new FakeHost();
  const broken = () => Promise.resolve(() => Promise.reject(new RangeError("too much")));
  await assertRejects(() => launch(config(), host, broken), RangeError, "too much");
  assertEquals(host.tree.calls, ["stop SIGKILL"]);
});

Deno.test("a command that can't be started is told to the supervision, and adopted by nobody", async () => {
  const host = new FakeHost();
  const failure = host.failure = { kind: "not-found", detail: "not found" };
  let got: unknown;
  await launch(config(), host, () =>
    Promise.resolve(({ child }) => {
      got = child;
      return Promise.resolve(127);
    }));
  assertEquals([got, host.tree.placement], [failure, undefined]);
});

Deno.test("a child that ends while the rest is loaded is no longer taken for alive", async () => {
  const host = new FakeHost();
  let load = () => {};
  const loading = new Promise<void>((resolve) => load = resolve);
  const ended = launch(config(), host, async () => {
    await loading;
    return () => Promise.resolve(0);
  });
  await settle();
  assertEquals(host.tree.gone(), false);
  host.child.exit(0);
  await settle();
  assertEquals(host.tree.gone(), true);
  load();
  assertEquals(await ended, 0);
});
