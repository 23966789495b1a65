import { assertEquals } from "@std/assert";
import { FakeClock } from "./testing/fake_clock.ts";
import { Ticker } from "./ticker.ts";

/** A ticker and the times, in ms from its start, at which it has ticked. */
function ticker(
  intervalMs: number,
  options: { extra?: number; duringTick?: () => void; late?: number } = {},
) {
  const clock = new FakeClock();
  const start = clock.now();
  const ticks: number[] = [];
  clock.skip(options.late ?? 0);
  const world = { extra: options.extra, duringTick: options.duringTick };
  const ticker = new Ticker(clock, {
    intervalMs,
    since: start,
    tick: () => {
      ticks.push(clock.elapsed);
      if (world.extra !== undefined && clock.elapsed >= world.extra) world.extra = undefined;
      world.duringTick?.();
    },
    alsoAt: () => world.extra === undefined ? undefined : start + world.extra,
  });
  return { clock, ticks, ticker, world };
}

Deno.test("Ticker ticks on a grid, the first time one interval from its start", async () => {
  const { clock, ticks } = ticker(5000);
  await clock.pass(4999);
  assertEquals(ticks, []);
  await clock.pass(10_001);
  assertEquals(ticks, [5000, 10_000, 15_000]);
});

Deno.test("Ticker keeps to a grid that started before it was made", async () => {
  const { clock, ticks } = ticker(1000, { late: 1300 });
  await clock.pass(2000);
  assertEquals(ticks, [2000, 3000]);
});

Deno.test("Ticker keeps to the grid after a late tick", async () => {
  const { clock, ticks, world } = ticker(1000);
  world.duringTick = () => clock.skip(300);
  await clock.pass(3000);
  assertEquals(ticks, [1000, 2000, 3000]);
});

Deno.test("Ticker leaves out ticks that a slow one has run past", async () => {
  const { clock, ticks, world } = ticker(1000);
  world.duringTick = () => {
    world.duringTick = undefined;
    clock.skip(2500);
  };
  await clock.pass(5000);
  assertEquals(ticks, [1000, 4000, 5000]);
});

Deno.test("Ticker ticks once more in between where that is wanted", async () => {
  const { clock, ticks } = ticker(5000, { extra: 1234 });
  await clock.pass(10_000);
  assertEquals(ticks, [1234, 5000, 10_000]);
});

Deno.test("Ticker with an interval of 0 ticks only at the wanted times", async () => {
  const { clock, ticks, ticker: watched, world } = ticker(0);
  await clock.pass(60_000);
  assertEquals([ticks, clock.pending], [[], 0]);
  world.extra = 60_050;
  watched.reschedule();
  await clock.pass(60_000);
  assertEquals(ticks, [60_050]);
});

Deno.test("Ticker puts an extra tick off when it is rescheduled", async () => {
  const { clock, ticks, ticker: watched, world } = ticker(0, { extra: 50 });
  await clock.pass(40);
  world.extra = 90;
  watched.reschedule();
  await clock.pass(100);
  assertEquals(ticks, [90]);
});

Deno.test("Ticker that is stopped doesn't tick, not even when rescheduled", async () => {
  const { clock, ticks, ticker: watched } = ticker(1000);
  await clock.pass(1000);
  watched.stop();
  watched.reschedule();
  await clock.pass(10_000);
  assertEquals([ticks, clock.pending], [[1000], 0]);
});

Deno.test("Ticker can be stopped by its own tick", async () => {
  const { clock, ticks, ticker: watched, world } = ticker(1000);
  world.duringTick = () => watched.stop();
  await clock.pass(10_000);
  assertEquals([ticks, clock.pending], [[1000], 0]);
});
