import { assert, assertEquals } from "@std/assert";
import { seededRandom } from "../../testing/random.ts";
import { requiredLiterals } from "./required_literals.ts";

/** Different words, none of which stands in another. */
function words(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `x${String(index).padStart(3, "0")}`);
}

const TABLE: [pattern: string, literals: string[] | undefined][] = [
  ["boom", ["boom"]],
  ["foo|bar", ["foo", "bar"]],
  ["foo|", undefined],
  ["", undefined],
  ["x", undefined],
  ["a|bc", undefined],
  ["error|rror", ["rror"]],
  // What may be left out, or may be empty.
  ["(?:foo)?", undefined],
  ["(?:foo)?bar", ["bar"]],
  ["(?:a|b)?foo", ["foo"]],
  ["(?:a|)foo", ["foo"]],
  ["x*", undefined],
  ["foox*bar.*", ["bar"]],
  ["ab(?:cd)?ef", ["abef", "abcdef"]],
  ["ab(?:cd.*)?e", ["ab"]],
  ["(?:foo|bar){0}baz", ["baz"]],
  // What is repeated.
  ["(?:ab){2,}", ["abab"]],
  ["(?:ab){2,}c", ["ababc"]],
  ["(?:ab)+cd", ["abcd"]],
  ["x(?:ab){1,2}y", ["xaby", "xababy"]],
  ["fo+bar", ["obar"]],
  ["a{3}", ["aaa"]],
  ["a{3,}?", ["aaa"]],
  ["a{1000}", ["aaaaaaaaaaaaaaaa"]],
  ["(?:.ab){2}", ["ab"]],
  ["(?:one|two){2}", ["oneone", "onetwo", "twoone", "twotwo"]],
  // What has no width doesn't part its neighbours.
  ["^foo$", ["foo"]],
  ["\\bfoo\\B", ["foo"]],
  ["foo(?=bar)baz", ["foobaz"]],
  ["foo(?!bar)baz", ["foobaz"]],
  ["foo(?<=o)(?<!x)baz", ["foobaz"]],
  ["(?=foo)", undefined],
  // Escapes and classes.
  ["a\\.b\\(c\\)", ["a.b(c)"]],
  ["\\x41\\u0042\\103", ["ABC"]],
  ["[Ff]ailed to pull", ["ailed to pull"]],
  ["[a-z]rror", ["rror"]],
  ["[^e]rror", ["rror"]],
  ["[\\d]rror", ["rror"]],
  ["[0-2]ab", ["0ab", "1ab", "2ab"]],
  ["HttpError [45]\\d\\d", ["HttpError "]],
  ["[]foo", ["foo"]],
  ["\\d+ items", [" items"]],
  ["foo.bar", ["bar"]],
  // Groups.
  ["(foo)(bar)", ["foobar"]],
  ["(?<name>foo)bar", ["foobar"]],
  ["a(?:b|c(?:d|e))f", ["abf", "acdf", "acef"]],
  ["(?:foo.*x|bar)baz", ["xbaz", "barbaz"]],
  ["foo(?:bar|.)", ["foo"]],
  ["(?:\\d|foo|x*)", undefined],
  ["(ab)\\1cd", ["ab"]],
  ["FATAL.*(?:disk|memory)", ["FATAL"]],
  // Beyond ASCII, and what no line has.
  ["naïve", ["ve"]],
  ["é🚀", undefined],
  ["tail\\nhead", ["head"]],
  ["\\x1b\\[31m", ["[31m"]],
  ["a\\tb", ["a\tb"]],
  // Modifiers.
  ["(?i:foo)bar", ["bar"]],
  ["(?i:foo(?-i:bar))", undefined],
  ["(?-i:foo)bar", ["foobar"]],
  ["(?s:foo)bar", ["foobar"]],
  ["(", undefined],
  // Limits: 24 characters of a literal, 16 texts told apart, 32 literals.
  ["abcdefghijklmnopqrstuvwxyz", ["abcdefghijklmnopqrstuvwx"]],
  ["[ab][cd][ef][gh][ij]klm", ["iklm", "jklm"]],
  [words(32).join("|"), words(32)],
  [words(33).join("|"), undefined],
];
for (const [pattern, literals] of TABLE) {
  Deno.test(`requiredLiterals() of /${pattern}/`, () => {
    assertEquals(requiredLiterals(pattern), literals);
  });
}

/** A random regular expression over few characters, so that random texts fit it. */
function randomPattern(next: () => number, depth: number): string {
  const among = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const part = () => randomPattern(next, depth - 1);
  const atom = () =>
    among(["a", "b", "c", "é", ".", "[ab]", "[^a]", "\\w", "^", "$", "\\b", "(?=a)", "(?!b)", ""]);
  if (depth === 0) return Array.from({ length: 1 + Math.floor(next() * 4) }, atom).join("");
  return among([
    () => part() + part(),
    () => part() + part(),
    () => `(?:${part()}|${part()})`,
    () => `(?:${part()}|${part()})`,
    () => `(${part()})${part()}\\1`,
    () => `(?:${part()})${among(["?", "*", "+", "{2}", "{2,}", "{0,2}", "{1,3}?", "{0}"])}`,
    () => `(?i:${part()})${part()}`,
    () => `(?<=${part()})${part()}`,
    () => `${part()}|${part()}`,
  ])();
}

Deno.test("requiredLiterals() has one in every text that a random expression is found in", () => {
  const next = seededRandom(1);
  let [found, derived] = [0, 0];
  for (let i = 0; i < 10_000; i++) {
    const pattern = randomPattern(next, Math.floor(next() * 4));
    const literals = requiredLiterals(pattern);
    if (literals === undefined) continue;
    derived++;
    const expression = new RegExp(pattern);
    for (let j = 0; j < 20; j++) {
      const length = Math.floor(next() * 12);
      const text = Array.from({ length }, () => "aabbcAé"[Math.floor(next() * 7)]).join("");
      if (!expression.test(text)) continue;
      found++;
      assert(
        literals.some((literal) => text.includes(literal)),
        `/${pattern}/ is found in ${text}, but none of ${literals}`,
      );
    }
  }
  assert(derived > 1000 && found > 1000, `only ${derived} derived, ${found} found`);
});
