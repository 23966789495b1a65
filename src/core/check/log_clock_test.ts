import { assertEquals } from "@std/assert";
import { LogClock } from "./log_clock.ts";

const stamp = (ms: number, zoned = true, year = true) => ({ ms, zoned, year });
const NOON = Date.UTC(2024, 4, 1, 12, 0, 3);

Deno.test("LogClock starts at the first timestamp", () => {
  const clock = new LogClock();
  assertEquals([clock.now, clock.known, clock.text(0)], [0, false, undefined]);
  clock.observe(stamp(NOON));
  assertEquals([clock.now, clock.known], [0, true]);
  clock.observe(stamp(NOON + 1500));
  assertEquals(clock.now, 1500);
});

Deno.test("LogClock never goes back, and lines out of order change nothing", () => {
  const clock = new LogClock();
  clock.observe(stamp(NOON));
  clock.observe(stamp(NOON + 5000));
  assertEquals(clock.isNews(NOON + 2000), false);
  clock.observe(stamp(NOON + 2000));
  assertEquals(clock.now, 5000);
  assertEquals(clock.isNews(NOON + 5000), false);
  assertEquals(clock.isNews(NOON + 5001), true);
});

Deno.test("LogClock goes on where the log's time starts anew", () => {
  const clock = new LogClock();
  clock.observe(stamp(NOON));
  clock.observe(stamp(NOON + 3_600_000));
  assertEquals(clock.isNews(NOON), true);
  clock.observe(stamp(NOON));
  assertEquals(clock.now, 3_600_000);
  clock.observe(stamp(NOON + 2000));
  assertEquals(clock.now, 3_602_000);
  assertEquals(clock.text(clock.now), "2024-05-01T12:00:05.000Z");
});

Deno.test("LogClock writes a moment as the log does: with a zone, without, without a year", () => {
  const zoned = new LogClock();
  zoned.observe(stamp(NOON));
  assertEquals(zoned.text(250), "2024-05-01T12:00:03.250Z");
  const local = new LogClock();
  local.observe(stamp(NOON, false));
  assertEquals(local.text(0), "2024-05-01T12:00:03.000");
  const yearless = new LogClock();
  yearless.observe(stamp(Date.UTC(1972, 1, 29, 1, 2, 3), false, false));
  assertEquals(yearless.text(0), "02-29T01:02:03.000");
});
