import { assertEquals, assertThrows } from "@std/assert";
import { MAX_DURATION_MS, parseDuration } from "./duration.ts";

const READ: [text: string, ms: number][] = [
  ["0", 0],
  ["0s", 0],
  ["500ms", 500],
  ["5s", 5000],
  ["05s", 5000],
  ["1.5s", 1500],
  ["0.25s", 250],
  ["2m", 120_000],
  ["1h", 3_600_000],
  ["24h", MAX_DURATION_MS],
  ["0.4ms", 0],
  ["1.0005s", 1001],
];
for (const [text, ms] of READ) {
  Deno.test(`parseDuration() reads ${text} as ${ms} ms`, () =>
    assertEquals(parseDuration(text), ms));
}

const NOT_DURATIONS = [
  "",
  "5",
  "00",
  "-5s",
  "+5s",
  "5 s",
  " 5s",
  "5s ",
  "5S",
  "5sec",
  "5s5s",
  ".5s",
  "5.s",
  "1e3s",
]
  .concat(["1,5s", "1m30s", "s", "ms", "infinity", "5d", "٥s"]);
for (const text of NOT_DURATIONS) {
  Deno.test(`parseDuration() refuses ${JSON.stringify(text)}`, () => {
    const error = assertThrows(() => parseDuration(text), SyntaxError);
    assertEquals(error.message, "write it like 500ms, 5s, 2m or 0");
  });
}

Deno.test("parseDuration() refuses more than a day, which no timer could wait for", () => {
  for (const text of ["24.1h", "86400001ms", "9".repeat(400) + "s"]) {
    assertEquals(assertThrows(() => parseDuration(text), RangeError).message, "the longest is 24h");
  }
});
