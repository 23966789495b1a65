import { assertEquals } from "@std/assert";
import { FakeClock } from "./testing/fake_clock.ts";
import { TreeWatch } from "./tree_watch.ts";

/** A watch over a tree that is gone when the test says so, and all that it did. */
function watched() {
  const clock = new FakeClock();
  const did: string[] = [];
  const world = { gone: false, broken: false };
  const watch = new TreeWatch({
    clock,
    tree: {
      reap: () => {
        if (world.broken) throw new Error("no /proc");
        did.push("reap");
      },
      gone: () => world.gone,
    },
    before: () => did.push("before"),
    gone: () => did.push("gone"),
    failed: (error) => did.push(String(error)),
  });
  return { clock, did, world, watch };
}

Deno.test("TreeWatch only reaps at a look before it is started", () => {
  const { did, world, watch, clock } = watched();
  world.gone = true;
  watch.look();
  assertEquals(did, ["reap"]);
  assertEquals(clock.pending, 0);
});

Deno.test("TreeWatch looks at once and every 50 ms, and tells when the tree is gone", async () => {
  const { clock, did, world, watch } = watched();
  watch.start();
  assertEquals(did, ["before", "reap"]);
  await clock.pass(99);
  assertEquals(did.length, 4);
  world.gone = true;
  await clock.pass(1000);
  assertEquals(did.slice(4), ["before", "reap", "gone"]);
  assertEquals(clock.pending, 0);
});

Deno.test("TreeWatch sees at a look between that the tree is gone", () => {
  const { did, world, watch, clock } = watched();
  watch.start();
  world.gone = true;
  watch.look();
  assertEquals(did, ["before", "reap", "reap", "gone"]);
  assertEquals(clock.pending, 0);
});

Deno.test("TreeWatch is started once, however often it is asked to", async () => {
  const { clock, did, watch } = watched();
  watch.start();
  watch.start();
  await clock.pass(50);
  assertEquals(did, ["before", "reap", "before", "reap"]);
});

Deno.test("TreeWatch looks no more once it is stopped", async () => {
  const { clock, did, watch } = watched();
  watch.start();
  watch.stop();
  await clock.pass(1000);
  assertEquals(did, ["before", "reap"]);
});

Deno.test("TreeWatch tells of a look that has failed, and goes on", async () => {
  const { clock, did, world, watch } = watched();
  world.broken = true;
  watch.start();
  watch.look();
  assertEquals(did, ["before", "Error: no /proc", "Error: no /proc"]);
  world.broken = false;
  await clock.pass(50);
  assertEquals(did.slice(3), ["before", "reap"]);
});
