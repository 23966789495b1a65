import { assertEquals, assertThrows } from "@std/assert";
import { seededRandom } from "../testing/random.ts";
import { LiteralScanner } from "./literal_scanner.ts";

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
    assertEquals(new LiteralScanner(literals).test(text), found);
  });
}

Deno.test("LiteralScanner agrees with includes() on random words", () => {
  const random = seededRandom(7);
  const word = (length: number) =>
    Array.from({ length }, () => "abc"[Math.floor(random() * 3)]).join("");
  for (let i = 0; i < 2000; i++) {
    const literals = Array.from({ length: 4 }, () => word(2 + Math.floor(random() * 4)));
    const text = word(Math.floor(random() * 30));
    const expected = literals.some((literal) => text.includes(literal));
    assertEquals(new LiteralScanner(literals).test(text), expected, `${literals} in ${text}`);
  }
});

Deno.test("LiteralScanner refuses what its table has no room for", () => {
  assertThrows(() => new LiteralScanner(["é"]), RangeError, "Literal must be ASCII: é");
  assertThrows(() => new LiteralScanner([""]), RangeError, "Literal must not be empty");
});
