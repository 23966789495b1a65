import { assertEquals } from "@std/assert";
import { DEFAULT_RULES } from "../core/rules/default.ts";
import { checkPattern } from "./rule_pattern.ts";

const FINE = [
  "boom",
  "^a.*b$",
  "(a+)+$",
  "[0-9]{2,5}",
  "\\bword\\b",
  "(?:a|b)?",
  "(?<year>\\d{4})",
  "\\(\\?=x\\)",
  "[(?=]",
  "\\\\1",
  "\\u00e9",
  "é",
  "a{16}",
  "a{0,16}",
  "a{16,}",
  "(?:a{4}){4}",
  "(?:a+)*b{16}c{16}",
  "(?:(?:a+)+)+",
  "(?s:a.b)",
];
for (const pattern of FINE) {
  Deno.test(`checkPattern() has nothing against /${pattern}/`, () => {
    assertEquals(checkPattern(pattern), undefined);
  });
}

const LINEAR = "which can't be run in linear time";
const PROBLEMS: [pattern: string, problem: string][] = [
  ["(", "is not a regular expression: Unterminated group"],
  ["[a", "is not a regular expression: Unterminated character class"],
  ["a**", "is not a regular expression: Nothing to repeat"],
  ["(?i)x", "is not a regular expression: Invalid group"],
  ["x(?=y)", `uses lookahead (?=y), ${LINEAR}`],
  ["x(?!y)", `uses lookahead (?!y), ${LINEAR}`],
  ["(?<=x)y", `uses lookbehind (?<=x), ${LINEAR}`],
  ["(?<!x)y", `uses lookbehind (?<!x), ${LINEAR}`],
  ["(a)\\1", `uses backreference \\1, ${LINEAR}`],
  ["(?<q>a)\\k<q>", `uses backreference \\k<q>, ${LINEAR}`],
  ["(?:a|(b(?=c)))+", `uses lookahead (?=c), ${LINEAR}`],
  ["a{17}", `repeats a{17} more than 16 times, ${LINEAR}`],
  ["a{2,17}?", `repeats a{2,17}? more than 16 times, ${LINEAR}`],
  ["a{17,}", `repeats a{17,} more than 16 times, ${LINEAR}`],
  ["(?:a{4}b){5}", `repeats a{4} more than 16 times, ${LINEAR}`],
  // What may be empty is copied once more for its loop.
  ["(?:p{16}|b*)+", `repeats p{16} more than 16 times, ${LINEAR}`],
  ["x(?i:y)", `uses modifier i, ${LINEAR}`],
  ["(a)\\1(?=b)", `uses backreference \\1, ${LINEAR}`],
];
for (const [pattern, problem] of PROBLEMS) {
  Deno.test(`checkPattern() refuses /${pattern}/`, () =>
    assertEquals(checkPattern(pattern), problem));
}

Deno.test("checkPattern() has nothing against the built-in rules", () => {
  for (const { matcher } of DEFAULT_RULES) {
    if (matcher.kind === "pattern") assertEquals(checkPattern(matcher.pattern), undefined);
  }
});
