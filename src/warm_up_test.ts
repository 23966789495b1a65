import { assertEquals } from "@std/assert";
import { FakeClock } from "./testing/fake_clock.ts";
import { WarmUp } from "./warm_up.ts";

/** A warm-up of so many steps of one ms, and how many it has done at each look. */
function warmUpOf(steps: number) {
  const clock = new FakeClock();
  const world = { done: 0 };
  const warmUp = new WarmUp(clock, () => {
    clock.skip(1);
    return ++world.done < steps;
  });
  return { clock, world, warmUp };
}

Deno.test("WarmUp does its work in slices of 10 ms, between which others have their turn", async () => {
  const { clock, world, warmUp } = warmUpOf(23);
  const seen: number[] = [];
  for (let turn = 0; clock.pending > 0; turn++) {
    await clock.pass(9);
    seen.push(world.done);
    warmUp.passed(1000);
  }
  assertEquals(seen, [10, 20, 23]);
});

Deno.test("WarmUp waits while the child floods, and goes on afterwards", async () => {
  const { clock, world, warmUp } = warmUpOf(7);
  warmUp.passed(3_000_000);
  await clock.pass(10);
  for (let turn = 0; turn < 5; turn++) {
    warmUp.passed(3_000_000);
    await clock.pass(20);
    assertEquals(world.done, 0);
  }
  await clock.pass(100);
  assertEquals([world.done, clock.pending], [7, 0]);
});

Deno.test("WarmUp waits while the child waits for us, however slow we are", async () => {
  const { clock, world, warmUp } = warmUpOf(7);
  for (let turn = 0; turn < 5; turn++) {
    warmUp.passed(256 * 1024);
    clock.skip(30);
    await clock.pass(10);
    assertEquals(world.done, 0);
  }
  warmUp.passed(50_000);
  await clock.pass(100);
  assertEquals([world.done, clock.pending], [7, 0]);
});

Deno.test("WarmUp does nothing more once it is cancelled", async () => {
  const { clock, world, warmUp } = warmUpOf(63);
  await clock.pass(6);
  warmUp.cancel();
  await clock.pass(1000);
  assertEquals([world.done, clock.pending], [10, 0]);
});

Deno.test("WarmUp does nothing for a child that has ended within 5 ms", async () => {
  const { clock, world, warmUp } = warmUpOf(63);
  await clock.pass(4);
  warmUp.cancel();
  await clock.pass(1000);
  assertEquals([world.done, clock.pending], [0, 0]);
});
