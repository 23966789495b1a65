import { assert, assertEquals } from "@std/assert";
import { seededRandom } from "../testing/random.ts";
import { MAX_SHOWN, shorten } from "./shorten.ts";

const CASES: [name: string, text: string, shown: string][] = [
  ["a short line stays as it is", "plain text", "plain text"],
  ["an empty line stays empty", "", ""],
  ["a tab stays", "a\tb", "a\tb"],
  ["characters beyond ASCII stay", "é 漢 𝄞 🚨", "é 漢 𝄞 🚨"],
  ["control characters are replaced", "a\0b\x07c\x1bd\x7fe", "a\ufffdb\ufffdc\ufffdd\ufffde"],
  ["8-bit control characters are replaced", "a\x85b\x9bc", "a\ufffdb\ufffdc"],
  ["line ends inside are replaced", "a\nb\rc", "a\ufffdb\ufffdc"],
  ["a line of the longest length stays whole", "x".repeat(MAX_SHOWN), "x".repeat(MAX_SHOWN)],
  [
    "a longer line is cut at its end",
    "x".repeat(MAX_SHOWN + 7),
    `${"x".repeat(MAX_SHOWN)}… (7 more)`,
  ],
];
for (const [name, text, shown] of CASES) {
  Deno.test(`shorten(): ${name}`, () => assertEquals(shorten(text, 0), shown));
}

Deno.test("shorten() cuts on both sides of a match in the middle", () => {
  const text = "a".repeat(5000) + "MATCH" + "b".repeat(5000);
  const shown = shorten(text, 5000);
  assertEquals(shown, `…${"a".repeat(200)}MATCH${"b".repeat(795)}… (4205 more)`);
});

Deno.test("shorten() shows the line's end where the match stands there", () => {
  const text = "a".repeat(5000) + "MATCH";
  assertEquals(shorten(text, 5000), `…${text.slice(-MAX_SHOWN)}`);
});

Deno.test("shorten() replaces halves of a character that the cut goes through", () => {
  const cutRight = shorten("x".repeat(MAX_SHOWN - 1) + "𝄞" + "tail", 0);
  assertEquals(cutRight, `${"x".repeat(MAX_SHOWN - 1)}\ufffd… (5 more)`);
  const cutLeft = shorten("x".repeat(4999) + "𝄞" + "y".repeat(5000), 5200);
  assertEquals(cutLeft.slice(0, 3), "…\ufffdy");
  assert(cutLeft.isWellFormed());
});

Deno.test("shorten() keeps the match in view wherever it stands", () => {
  const random = seededRandom(99);
  for (let round = 0; round < 300; round++) {
    const before = Math.floor(random() * 3000);
    const text = "a".repeat(before) + "MATCH" + "b".repeat(Math.floor(random() * 3000));
    const shown = shorten(text, before);
    assert(shown.includes("MATCH"), `match at ${before} of ${text.length}`);
    assert(shown.length <= MAX_SHOWN + 20);
  }
});
