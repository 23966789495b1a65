import { assertEquals, assertThrows } from "@std/assert";
import { parseSize } from "./size.ts";

const READ: [text: string, bytes: number][] = [
  ["1B", 1],
  ["4096B", 4096],
  ["64KiB", 65_536],
  ["10MiB", 10_485_760],
  ["1.5GiB", 1_610_612_736],
  ["0.5KiB", 512],
  ["1.0009KiB", 1024],
  ["1TiB", 2 ** 40],
  ["8191TiB", 8191 * 2 ** 40],
];
for (const [text, bytes] of READ) {
  Deno.test(`parseSize() reads ${text} as ${bytes} bytes`, () =>
    assertEquals(parseSize(text), bytes));
}

const NOT_SIZES = [
  "",
  "0",
  "64",
  "64K",
  "64KB",
  "64kib",
  "64 KiB",
  "-1KiB",
  "1e3B",
  ".5MiB",
  "MiB",
];
for (const text of NOT_SIZES) {
  Deno.test(`parseSize() refuses ${JSON.stringify(text)}`, () => {
    const error = assertThrows(() => parseSize(text), SyntaxError);
    assertEquals(error.message, "write it like 64KiB or 10MiB");
  });
}

Deno.test("parseSize() refuses less than a byte", () => {
  for (const text of ["0B", "0MiB", "0.5B", "0.0001KiB"]) {
    assertEquals(assertThrows(() => parseSize(text), RangeError).message, "the smallest is 1B");
  }
});

Deno.test("parseSize() refuses more than can be counted", () => {
  for (const text of ["8192TiB", "9".repeat(400) + "B"]) {
    assertEquals(assertThrows(() => parseSize(text), RangeError).message, "the largest is 8191TiB");
  }
});
