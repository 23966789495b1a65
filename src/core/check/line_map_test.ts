import { assertEquals } from "@std/assert";
import { LineMap } from "./line_map.ts";

Deno.test("LineMap.fileLine() is the same number while no line is in pieces", () => {
  const map = new LineMap();
  assertEquals([1, 2, 1_000_000].map((line) => map.fileLine(line)), [1, 2, 1_000_000]);
});

Deno.test("LineMap.fileLine() counts the pieces of a line as that line", () => {
  const map = new LineMap();
  // Lines 1 and 2, then line 3 in four pieces, then line 4 and so on.
  map.split(3, 3);
  map.resume(7, 4);
  assertEquals([1, 2, 3, 4, 5, 6, 7, 8].map((line) => map.fileLine(line)), [
    1,
    2,
    3,
    3,
    3,
    3,
    4,
    5,
  ]);
});

Deno.test("LineMap.fileLine() knows the newest lines of a log full of progress bars", () => {
  const map = new LineMap();
  for (let line = 1; line <= 100_000; line++) map.split(line * 2 - 1, line);
  map.resume(200_001, 100_001);
  assertEquals(map.fileLine(199_999), 100_000);
  assertEquals(map.fileLine(200_003), 100_003);
});
