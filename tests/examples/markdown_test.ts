import { assertEquals } from "@std/assert";
import { blocksOf, commandsOf, sameOutput, stepsOf } from "./markdown.ts";

Deno.test("blocksOf() finds the fenced blocks of a page with their languages and lines", () => {
  const text = "# A\n\n```sh\nls\n```\ntext\n```\na\n\nb\n```\n";
  assertEquals(blocksOf("a.md", text), [
    { where: "a.md:3", language: "sh", text: "ls\n" },
    { where: "a.md:7", language: "", text: "a\n\nb\n" },
  ]);
});

Deno.test("stepsOf() splits a transcript at its prompts", () => {
  assertEquals(stepsOf("$ a b\n1\n2\n$ c\n"), [
    { command: "a b", output: "1\n2\n" },
    { command: "c", output: "" },
  ]);
});

const OUTPUTS: [expected: string, actual: string, same: boolean][] = [
  ["a\nb\n", "a\nb\n", true],
  ["a\nb\n", "a\nb\nc\n", false],
  ["a\n", "ab\n", false],
  ["a\n…\nd\n", "a\nb\nc\nd\n", true],
  ["a\n…\nd\n", "a\nd\n", true],
  ["a\n  …\nd\n", "a\nb\nc\n", false],
  ["a\n…\n", "a\nb\n", true],
  ["(a.b)\n", "(a-b)\n", false],
  ["✓ x started (PID: 12)\n", "✓ x started (PID: 345)\n", true],
  ["✗ stopped after 10.0s (exit)\n", "✗ stopped after 0.2s (exit)\n", true],
  ["", "", true],
  ["", "a\n", false],
];
for (const [expected, actual, same] of OUTPUTS) {
  Deno.test(`sameOutput(${JSON.stringify(expected)}, ${JSON.stringify(actual)}) is ${same}`, () => {
    assertEquals(sameOutput(expected, actual), same);
  });
}

Deno.test("commandsOf() joins continued lines and drops comments", () => {
  assertEquals(commandsOf("a --b \\\n  c # why\n\n# what\nd 'e#f'\n"), ["a --b c", "d 'e#f'"]);
});
