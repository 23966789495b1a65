import { assertEquals } from "@std/assert";
import { evenShare, median, percentile } from "./statistics.ts";

Deno.test("median() is the middle value, whatever the order", () => {
  assertEquals(median([10, 2, 9]), 9);
  assertEquals(median([4, 1, 3, 100]), 3.5);
  assertEquals(median([7]), 7);
  assertEquals(median([]), NaN);
});

Deno.test("median() of runs that never ended is Infinity once they are the majority", () => {
  assertEquals(median([1, Infinity, 2]), 2);
  assertEquals(median([1, Infinity, Infinity]), Infinity);
});

Deno.test("percentile() is a value that was measured, by nearest rank", () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);
  assertEquals(percentile(values, 50), 100);
  assertEquals(percentile(values, 99), 198);
  assertEquals(percentile(values, 100), 200);
  assertEquals(percentile([5], 1), 5);
  assertEquals(percentile([], 50), NaN);
});

Deno.test("median() and percentile() leave the values as they are", () => {
  const values = [3, 1, 2];
  median(values);
  percentile(values, 99);
  assertEquals(values, [3, 1, 2]);
});

Deno.test("evenShare() puts a share into each tenth within its first twenty terms", () => {
  const tenths = Array.from({ length: 20 }, (_, index) => Math.floor(evenShare(index) * 10));
  assertEquals([...new Set(tenths)].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
