import { assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { seededRandom } from "../../testing/random.ts";
import { readTimestamp } from "./timestamp.ts";
import { TimestampReader } from "./timestamp_reader.ts";

Deno.test("TimestampReader reads lines of the same minute", () => {
  const reader = new TimestampReader();
  const ms = (text: string) => reader.read(bytes(text), 0, text.length)?.ms;
  const first = ms("2024-05-01 12:00:01,250 INFO a")!;
  assertEquals(ms("2024-05-01 12:00:59,001 INFO b"), first + 57_751);
  assertEquals(ms("2024-05-01 12:01:00,000 INFO b"), first + 58_750);
  assertEquals(ms("no time at all"), undefined);
});

Deno.test("TimestampReader agrees with readTimestamp() on any line after any other", () => {
  const random = seededRandom(3);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const prefixes = ["", "", "[", "pod | ", "INFO ", "<13>", "name: ", " ", '{"time": "', "I0501 "];
  const dates = ["2024-05-01 12:00:", "2024-05-01T12:00:", "2024/05/01 12:00:", "2024-05-01 12:0:"];
  const seconds = ["00", "01", "59", "60", "7", "1x", "30.5", "30,123", "30.123456", "30."];
  const ends = [
    "",
    "Z",
    "z",
    " UTC",
    "+02:00",
    " +0200",
    "-07",
    " INFO x",
    "] x",
    "Z x",
    " -x",
    "U",
  ];
  for (let round = 0; round < 200; round++) {
    const reader = new TimestampReader();
    for (let i = 0; i < 100; i++) {
      const text = pick(prefixes) + pick(dates) + pick(seconds) + pick(ends);
      const line = bytes(`${text}\n`);
      assertEquals(reader.read(line, 0, line.length), readTimestamp(line, 0, line.length), text);
    }
  }
});
