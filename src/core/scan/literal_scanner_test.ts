import { assertEquals, assertThrows } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { seededRandom } from "../../testing/random.ts";
import { LiteralScanner } from "./literal_scanner.ts";

function scanner(literals: readonly string[]): LiteralScanner {
  return new LiteralScanner([[1, literals]]);
}

const CASES: [literals: string[], text: string, found: boolean][] = [
  [["abc"], "xxabcxx", true],
  [["abc"], "ababab", false],
  [["abc", "bd"], "abd", true],
  [["he", "she", "his"], "ushers", true],
  [["aab"], "aaab", true],
  [["abc"], "", false],
  [["abc"], "abécabc", true],
  [["abc"], "abéc", false],
  [[], "anything", false],
];

for (const [literals, text, found] of CASES) {
  Deno.test(`LiteralScanner for ${literals.join(", ")} in ${JSON.stringify(text)}`, () => {
    assertEquals(scanner(literals).find(text) !== 0, found);
    const around = bytes(`${literals[0] ?? ""}${text}${literals[0] ?? ""}`);
    const [start, end] = [literals[0]?.length ?? 0, around.length - (literals[0]?.length ?? 0)];
    assertEquals(scanner(literals).findIn(around, start, end) !== 0, found);
  });
}

Deno.test("LiteralScanner agrees with includes() on random words", () => {
  const random = seededRandom(7);
  const word = (length: number) =>
    Array.from({ length }, () => "abc"[Math.floor(random() * 3)]).join("");
  for (let i = 0; i < 2000; i++) {
    const literals = Array.from({ length: 4 }, () => word(2 + Math.floor(random() * 4)));
    const each = new LiteralScanner(literals.map((literal, bit) => [1 << bit, [literal]]));
    // What it has learnt from one text holds for the next.
    for (let round = 0; round < 3; round++) {
      const text = word(Math.floor(random() * 30));
      const expected = literals.map((literal, bit) => text.includes(literal) ? 1 << bit : 0)
        .reduce((sum, bit) => sum | bit, 0);
      assertEquals(each.find(text), expected, `${literals} in ${text}`);
      assertEquals(each.findIn(bytes(text), 0, text.length), expected);
    }
  }
});

Deno.test("LiteralScanner refuses what its table has no room for", () => {
  assertThrows(() => scanner(["é"]), RangeError, "Literal must be ASCII: é");
  assertThrows(() => scanner([""]), RangeError, "Literal must not be empty");
});

Deno.test("LiteralScanner names every group that has a literal in the text", () => {
  const groups: [number, string[]][] = [[1, ["ab", "x"]], [2, ["b"]], [4, ["ab"]], [8, ["ba"]]];
  assertEquals(new LiteralScanner(groups).find("-ab-"), 1 | 2 | 4);
  assertEquals(new LiteralScanner([[1 << 31, ["a"]]]).find("a"), 1 << 31);
});

Deno.test("LiteralScanner holds more states than sixteen bits can name", () => {
  const random = seededRandom(11);
  const word = () =>
    Array.from({ length: 12 }, () => "abcdefgh"[Math.floor(random() * 8)]).join("");
  const literals = Array.from({ length: 10_000 }, word);
  const all = scanner(literals);
  for (const literal of literals.slice(-50)) assertEquals(all.find(`--${literal}--`), 1);
  assertEquals(all.find("-".repeat(50)), 0);
});
