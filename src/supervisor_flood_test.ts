// Runs whose child prints so much that its output is passed on from pipe to pipe.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { bytes, rule } from "./testing/builders.ts";
import { settle } from "./testing/fake_clock.ts";
import { FakeHost, FakeRun } from "./testing/fake_host.ts";

/** Enough in one chunk for a flood to begin. */
const MUCH = `${"dull ".repeat(10_000)}\n`;
const BOOM = { rules: [rule()] };

function flooding(...chunks: string[]): FakeHost {
  const host = new FakeHost();
  host.teed.set(host.child.pipes.stdout, chunks.map((chunk) => bytes(chunk)));
  return host;
}

Deno.test("an error in the midst of a flood is found, with the lines before it", async () => {
  const host = flooding(`${MUCH}one\ntwo\nbo`, `om\n${MUCH}`);
  const { ended } = new FakeRun({ ...BOOM }, host);
  await settle();
  host.child.print(MUCH);
  await host.clock.pass(5000);
  assertEquals(host.tree.calls, ["stop SIGTERM", "wake"]);
  assertStringIncludes(host.stderr.text, "\none\ntwo\nboom\n━");
  host.child.exit(143, "SIGTERM");
  assertEquals(await ended, 1);
  // The rest has gone by the kernel's way.
  assertEquals(host.stdout.text, MUCH);
});

Deno.test("a child of few words is never passed by", async () => {
  const host = flooding("never\n");
  const { ended } = new FakeRun({}, host);
  await settle();
  for (let i = 0; i < 100; i++) {
    host.child.print("a line\n");
    await settle();
  }
  host.child.exit(0);
  await ended;
  assertEquals(host.teed.get(host.child.pipes.stdout)!.length, 1);
});

Deno.test("with a log file all goes the ordinary way, which fills both", async () => {
  const host = flooding("never\n");
  const { ended } = new FakeRun({ logFile: { path: "/tmp/x.log", maxBytes: 1e9 } }, host);
  await settle();
  host.child.print(MUCH);
  await settle();
  host.child.exit(0);
  await ended;
  assertEquals([host.stdout.text, host.log.text], [MUCH, MUCH]);
  assertEquals(host.teed.get(host.child.pipes.stdout)!.length, 1);
});

Deno.test("a message after a flood that ends within a line stands on a line of its own", async () => {
  const host = new FakeHost();
  host.teed.set(host.child.pipes.stderr, [bytes("12%")]);
  const { ended } = new FakeRun({}, host);
  await settle();
  host.child.print(MUCH, "stderr");
  await settle();
  host.child.exit(0);
  await ended;
  assertStringIncludes(host.stderr.text, `${MUCH}\n✓ sh exited (exit code: 0)\n`);
});

Deno.test("a stalled reader of a flood leaves the next chunk to be searched", async () => {
  const host = flooding("never\n");
  const { ended } = new FakeRun({ ...BOOM }, host);
  await settle();
  host.stdout.hold();
  host.child.print(MUCH);
  await settle();
  host.child.print("boom\n");
  await host.clock.pass(5000);
  assertEquals(host.tree.calls, ["stop SIGTERM", "wake"]);
  host.stdout.release();
  host.child.exit(143, "SIGTERM");
  assertEquals(await ended, 1);
  assertEquals(host.stdout.text, `${MUCH}boom\n`);
});
