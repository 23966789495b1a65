import { assert, assertLess } from "@std/assert";
import { systemClock } from "./clock.ts";

/** Runs `body` while the wall clock is `ms` off. */
async function withWallClockOff(ms: number, body: () => Promise<void>): Promise<void> {
  const real = Date.now;
  Date.now = () => real() + ms;
  try {
    await body();
  } finally {
    Date.now = real;
  }
}

for (const hours of [1, -1]) {
  Deno.test(`systemClock doesn't notice a wall clock that jumps ${hours} hour`, async () => {
    const before = systemClock.now();
    await withWallClockOff(hours * 3_600_000, async () => {
      await new Promise<void>((resolve) => systemClock.timer(systemClock.now() + 20, resolve));
    });
    const passed = systemClock.now() - before;
    assert(passed >= 20);
    assertLess(passed, 60_000);
  });
}

Deno.test("systemClock's timer never calls before its time, and not at all once called off", async () => {
  const at = systemClock.now() + 15.5;
  let calls = 0;
  const cancel = systemClock.timer(at - 10, () => calls++);
  cancel();
  await new Promise<void>((resolve) => systemClock.timer(at, resolve));
  assert(systemClock.now() >= at - 1);
  assert(calls === 0);
});
