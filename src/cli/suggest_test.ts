import { assertEquals } from "@std/assert";
import { suggest } from "./suggest.ts";

const OPTIONS = ["--interval", "--context", "--quiet", "--color", "--grace", "--dry-run"];

const CASES: [typed: string, known: string[], suggestion: string | undefined][] = [
  ["--intervall", OPTIONS, "--interval"],
  ["--quite", OPTIONS, "--quiet"],
  ["--colour", OPTIONS, "--color"],
  ["--Grace", OPTIONS, "--grace"],
  ["--dryrun", OPTIONS, "--dry-run"],
  ["--verbose", OPTIONS, undefined],
  ["--x", OPTIONS, undefined],
  ["", OPTIONS, undefined],
  ["--quiet", [], undefined],
  ["nnoe", ["none", "classic"], undefined],
  ["non", ["none", "classic"], "none"],
];
for (const [typed, known, suggestion] of CASES) {
  Deno.test(`suggest() offers ${suggestion ?? "nothing"} for ${JSON.stringify(typed)} of ${known.length}`, () => {
    assertEquals(suggest(typed, known), suggestion);
  });
}

Deno.test("suggest() gives a word that was typed right back", () => {
  for (const word of OPTIONS) assertEquals(suggest(word, OPTIONS), word);
});
