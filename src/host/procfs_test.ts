import { assertEquals } from "@std/assert";
import { parseStat } from "./procfs.ts";

const REST = "4194304 113 0 0 0 0 0 0 0 20 0 1 0 26337 3878912 215";

const CASES: [name: string, text: string, stat: ReturnType<typeof parseStat>][] = [
  [
    "a plain name",
    `42 (sh) S 1 42 42 34816 42 ${REST}\n`,
    { pid: 42, state: "S", parent: 1, group: 42 },
  ],
  [
    "a name with spaces",
    `7 (tmux: server) R 1 7 7 0 -1 ${REST}`,
    { pid: 7, state: "R", parent: 1, group: 7 },
  ],
  [
    "a name with parentheses",
    `7 (a) S 9 (b)) T 5 6 6 0 -1 ${REST}`,
    { pid: 7, state: "T", parent: 5, group: 6 },
  ],
  ["a name of nothing but )", `7 ()) Z 5 6 6 0 -1`, { pid: 7, state: "Z", parent: 5, group: 6 }],
  ["an empty name", `7 () S 5 6 6`, { pid: 7, state: "S", parent: 5, group: 6 }],
  ["a name with a line feed", `7 (a\nb) S 5 6 6`, { pid: 7, state: "S", parent: 5, group: 6 }],
  ["a kernel thread", `2 (kthreadd) S 0 0 0 0 -1`, { pid: 2, state: "S", parent: 0, group: 0 }],
  ["nothing", "", undefined],
  ["a line without a name", "42 sh S 1 42", undefined],
  ["a line that is cut off", "42 (sh) S 1", undefined],
  ["a line without a number", "(sh) S 1 42", undefined],
];
for (const [name, text, stat] of CASES) {
  Deno.test(`parseStat(): ${name}`, () => assertEquals(parseStat(text), stat));
}
