import { assertEquals } from "@std/assert";
import { LineTimes } from "./line_times.ts";

const stamp = (ms: number, zoned = true, year = true) => ({ ms, zoned, year });

Deno.test("LineTimes gives timestamps back as they were, when their lines are due", () => {
  const times = new LineTimes();
  const all = [stamp(1.5), stamp(2, false), stamp(3, true, false), stamp(-4, false, false)];
  for (const [i, one] of all.entries()) times.add(10 * i, one);
  assertEquals([times.isDue(-1), times.isDue(0)], [false, true]);
  for (const [i, one] of all.entries()) {
    assertEquals([times.isDue(10 * i - 1), times.isDue(10 * i)], [false, true]);
    assertEquals([times.ms, times.timestamp], [one.ms, one]);
    times.shift();
  }
  assertEquals(times.isDue(Infinity), false);
});

Deno.test("LineTimes has room for as many lines as there are, and forgets them", () => {
  const times = new LineTimes();
  for (const round of [1, 2]) {
    for (let i = 0; i < 5000; i++) times.add(i, stamp(i * round));
    for (let i = 0; i < 5000; i++, times.shift()) assertEquals(times.ms, i * round);
    assertEquals(times.isDue(Infinity), false);
    times.clear();
    assertEquals(times.isDue(Infinity), false);
  }
});
