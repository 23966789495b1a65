import { assertEquals } from "@std/assert";
import { Deadline } from "./deadline.ts";
import { FakeClock } from "./testing/fake_clock.ts";

function started(ms: number) {
  const clock = new FakeClock();
  const deadline = new Deadline(clock);
  const calls: number[] = [];
  deadline.set(clock.now() + ms, () => calls.push(clock.elapsed));
  return { clock, deadline, calls };
}

for (const ms of [0, 1, 249, 250, 251, 1000, 8000]) {
  Deno.test(`Deadline calls back once, after ${ms} ms`, async () => {
    const { clock, calls } = started(ms);
    if (ms > 0) await clock.pass(ms - 1);
    assertEquals(calls, []);
    await clock.pass(20_000);
    assertEquals(calls, [ms]);
    assertEquals(clock.pending, 0);
  });
}

Deno.test("Deadline doesn't count the time in which the process was stopped", async () => {
  const { clock, calls } = started(8000);
  await clock.pass(3000);
  clock.skip(60_000);
  await clock.pass(4749);
  assertEquals(calls, []);
  await clock.pass(300);
  assertEquals(calls.length, 1);
});

Deno.test("Deadline counts the time in which the process was only slow", async () => {
  const { clock, calls } = started(2000);
  await clock.pass(1000);
  clock.skip(900);
  await clock.pass(100);
  assertEquals(calls, [2000]);
});

Deno.test("Deadline forgets the time that was set before", async () => {
  const { clock, deadline, calls } = started(1000);
  deadline.set(clock.now() + 3000, () => calls.push(-1));
  await clock.pass(5000);
  assertEquals(calls, [-1]);
});

Deno.test("Deadline is called off, also between two looks", async () => {
  const { clock, deadline, calls } = started(1000);
  await clock.pass(600);
  deadline.cancel();
  await clock.pass(5000);
  assertEquals([calls, clock.pending], [[], 0]);
});
