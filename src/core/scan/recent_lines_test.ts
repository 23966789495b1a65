import { assertEquals, assertThrows } from "@std/assert";
import { bytes, line } from "../../testing/builders.ts";
import { PassedLines } from "./passed_lines.ts";
import { RecentLines } from "./recent_lines.ts";
import { SpareRooms } from "./spare_rooms.ts";

/** Lines of which each one's text is its number, `from` to `to`, in one chunk. */
function passed(from: number, to: number): { lines: PassedLines; chunk: Uint8Array } {
  const texts = Array.from({ length: to - from + 1 }, (_, i) => `${from + i}\n`);
  const chunk = bytes(texts.join(""));
  const lines = new PassedLines(
    { stream: "stdout", at: 7, lastNumber: to, count: texts.length },
    (count) => chunk.subarray(texts.slice(0, -count).join("").length),
  );
  return { lines, chunk };
}

/** Lines 1 to `count`, in runs that passed of `run` lines, each with a line that was read after it. */
function filled(capacity: number, count: number, run: number): RecentLines {
  const recent = new RecentLines(capacity);
  for (let from = 1; from <= count; from += run + 1) {
    const to = Math.min(from + run - 1, count);
    if (run > 0) {
      const { lines, chunk } = passed(from, to);
      recent.push(lines);
      if (from % 2 === 0) {
        recent.settle();
        chunk.fill(0x58);
      }
    }
    const number = from + run;
    if (number <= count) recent.push(line(String(number), { number }));
  }
  return recent;
}

const numbers = (recent: RecentLines, wanted: number) =>
  recent.last(wanted).map(({ number, text }) => {
    assertEquals(text, String(number));
    return number;
  });

Deno.test("RecentLines is empty at first", () => {
  assertEquals(filled(3, 0, 0).length, 0);
  assertEquals(filled(3, 0, 0).last(3), []);
});

Deno.test("RecentLines keeps the newest lines in order, whether they were read or passed", () => {
  for (const run of [0, 1, 2, 5, 30]) {
    for (const capacity of [1, 2, 3, 7, 20]) {
      for (let count = 0; count <= 3 * capacity + 1; count++) {
        const all = Array.from({ length: count }, (_, i) => i + 1);
        const recent = filled(capacity, count, run);
        assertEquals(recent.length, Math.min(count, capacity));
        for (let wanted = 1; wanted <= capacity + 1; wanted++) {
          const expected = all.slice(-Math.min(wanted, capacity));
          assertEquals(numbers(recent, wanted), expected, `${wanted} of ${count} in ${capacity}`);
        }
      }
    }
  }
});

Deno.test("RecentLines gives nothing for zero or less", () => {
  assertEquals(filled(3, 5, 2).last(0), []);
  assertEquals(filled(3, 5, 2).last(-1), []);
});

Deno.test("RecentLines hands out copies: later lines don't change what was taken", () => {
  const recent = filled(2, 2, 0);
  const taken = recent.last(2);
  recent.push(line("3", { number: 3 }));
  assertEquals(taken.map(({ number }) => number), [1, 2]);
});

Deno.test("RecentLines holds passed lines after their chunk has been overwritten", () => {
  const recent = new RecentLines(3);
  const { lines, chunk } = passed(1, 50);
  recent.push(lines);
  recent.settle();
  chunk.fill(0x58);
  assertEquals(numbers(recent, 3), [48, 49, 50]);
});

/** So many lines of 100 bytes and their numbers. */
function wide(from: number, count: number): PassedLines {
  const texts = Array.from({ length: count }, (_, i) => `${from + i}`.padEnd(99, " ") + "\n");
  const chunk = bytes(texts.join(""));
  return new PassedLines(
    { stream: "stdout", at: 0, lastNumber: from + count - 1, count },
    (wanted) => chunk.subarray(-100 * Math.min(wanted, count)),
  );
}

Deno.test("RecentLines copies a flood into the same room again and again, and is right each time", () => {
  const recent = new RecentLines(100);
  for (let chunk = 0; chunk < 30; chunk++) {
    recent.push(wide(1 + chunk * 150, 150));
    recent.settle();
    const kept = recent.last(100).map(({ text }) => Number(text));
    assertEquals([kept[0], kept.at(-1)], [chunk * 150 + 51, chunk * 150 + 150]);
  }
});

Deno.test("RecentLines leaves lines alone that somebody still wants", () => {
  const wanted = wide(1, 150);
  const recent = new RecentLines(100, (lines) => lines === wanted);
  recent.push(wanted);
  recent.settle();
  for (let chunk = 1; chunk < 5; chunk++) {
    recent.push(wide(1 + chunk * 150, 150));
    recent.settle();
  }
  assertEquals(wanted.last(1).map(({ text }) => text.trim()), ["150"]);
});

Deno.test("PassedLines knows its lines' numbers, stream and time", () => {
  const { lines } = passed(4, 6);
  assertEquals(lines.last(2), [
    { number: 5, stream: "stdout", text: "5", at: 7 },
    { number: 6, stream: "stdout", text: "6", at: 7 },
  ]);
});

Deno.test("PassedLines keeps of very long lines only what matching sees", () => {
  const chunk = bytes(`${"a".repeat(100_000)}\n${"b".repeat(100_000)}\n`);
  const lines = new PassedLines(
    { stream: "stderr", at: 0, lastNumber: 2, count: 2 },
    (count) => chunk.subarray(count === 1 ? 100_001 : 0),
  );
  lines.settle(100, new SpareRooms());
  chunk.fill(0x58);
  assertEquals(lines.last(2).map(({ text }) => [text[0], text.length]), [
    ["a", 16384],
    ["b", 16384],
  ]);
});

Deno.test("RecentLines refuses a capacity that isn't a whole number from 1 up", () => {
  for (const capacity of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(() => new RecentLines(capacity), RangeError, `from 1 up: ${capacity}`);
  }
});
