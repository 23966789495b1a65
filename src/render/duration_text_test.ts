import { assertEquals } from "@std/assert";
import { durationText } from "./duration_text.ts";

const CASES: [ms: number, text: string][] = [
  [0, "0.0s"],
  [-5, "0.0s"],
  [49, "0.0s"],
  [50, "0.1s"],
  [400, "0.4s"],
  [12_345, "12.3s"],
  [59_949, "59.9s"],
  [59_950, "1m 00s"],
  [60_000, "1m 00s"],
  [65_499, "1m 05s"],
  [185_000, "3m 05s"],
  [3_599_499, "59m 59s"],
  [3_599_500, "1h 00m"],
  [7_200_000, "2h 00m"],
  [7_259_000, "2h 00m"],
  [7_260_000, "2h 01m"],
  [90_061_000, "25h 01m"],
];
for (const [ms, text] of CASES) {
  Deno.test(`durationText() writes ${ms} ms as ${text}`, () =>
    assertEquals(durationText(ms), text));
}
