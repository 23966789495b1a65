import { assertEquals, assertThrows } from "@std/assert";
import { seededRandom } from "../testing/random.ts";
import { MatchWindow } from "./match_window.ts";

/** Which of the matching line numbers met the rule. */
function met(window: number, threshold: number, matches: readonly number[]): number[] {
  const counter = new MatchWindow(window, threshold);
  return matches.filter((number) => counter.add(number));
}

const CASES: [name: string, window: number, threshold: number, matches: number[], met: number[]][] =
  [
    ["a threshold of 1 is met by every match", 5, 1, [1, 2, 50], [1, 2, 50]],
    ["one match isn't two", 5, 2, [1], []],
    ["the last line of the window counts", 5, 2, [1, 5], [5]],
    ["the first line after the window doesn't", 5, 2, [1, 6], []],
    ["the window slides", 5, 2, [1, 6, 10, 15, 16], [10, 16]],
    ["every further match within the window meets it again", 5, 2, [1, 2, 3], [2, 3]],
    ["3 of 50, spread over the window", 50, 3, [1, 25, 50], [50]],
    ["3 of 50, one line too far", 50, 3, [1, 25, 51], []],
    ["a full window of matches", 3, 3, [7, 8, 9], [9]],
    ["a gap in a full window", 3, 3, [7, 8, 10], []],
    ["a window of one line", 1, 1, [9], [9]],
  ];

for (const [name, window, threshold, matches, expected] of CASES) {
  Deno.test(`MatchWindow: ${name}`, () => assertEquals(met(window, threshold, matches), expected));
}

Deno.test("MatchWindow agrees with counting the window line by line", () => {
  const random = seededRandom(20251116);
  for (let round = 0; round < 300; round++) {
    const window = 1 + Math.floor(random() * 12);
    const threshold = 1 + Math.floor(random() * window);
    const density = random();
    const matches: number[] = [];
    for (let number = 1; number <= 60; number++) if (random() < density) matches.push(number);
    const expected = matches.filter((number) =>
      matches.filter((m) => m <= number && m > number - window).length >= threshold
    );
    const label = `round ${round}: ${threshold} of ${window} in ${matches}`;
    assertEquals(met(window, threshold, matches), expected, label);
  }
});

Deno.test("MatchWindow refuses a threshold that its window can't hold", () => {
  assertThrows(() => new MatchWindow(2, 3), RangeError, "from 1 to the window: 3 of 2");
  assertThrows(() => new MatchWindow(2, 0), RangeError, "from 1 to the window: 0 of 2");
  assertThrows(() => new MatchWindow(2, NaN), RangeError);
});

Deno.test("MatchWindow takes a match for as far away as it is, noted late or not", () => {
  const counter = new MatchWindow(5, 2);
  assertEquals([counter.add(56), counter.add(3)], [false, false]);
  assertEquals(counter.add(4), true);
});
