import { assertEquals } from "@std/assert";
import { stripEscapes } from "./escapes.ts";

const CASES: [name: string, text: string, stripped: string][] = [
  ["plain text", "step 1 [ok] 50%", "step 1 [ok] 50%"],
  ["a colour", "\x1b[31mred\x1b[0m", "red"],
  ["a 24-bit colour", "\x1b[38;2;1;2;3mrgb\x1b[m", "rgb"],
  ["a colour with colons", "\x1b[38:2::1:2:3mrgb", "rgb"],
  ["a colour inside of a word", "Permission\x1b[1mDenied: 403", "PermissionDenied: 403"],
  ["erase line and cursor moves", "\x1b[2K\x1b[1A\x1b[?25lup", "up"],
  ["a private sequence with intermediate bytes", "\x1b[0 qcursor", "cursor"],
  ["a title ended by BEL", "\x1b]0;title\x07text", "text"],
  ["a link ended by ST", "\x1b]8;;https://x.y/z\x1b\\link\x1b]8;;\x1b\\", "link"],
  ["a link ended by BEL", "\x1b]8;id=1;https://x.y\x07link\x1b]8;;\x07", "link"],
  ["a device control string", "\x1bP1$r0m\x1b\\text", "text"],
  ["an 8-bit CSI", "\x9b1;31mred\x9b0m", "red"],
  ["save and restore cursor", "\x1b7text\x1b8", "text"],
  ["a character set", "\x1b(Btext", "text"],
  ["an unfinished colour keeps the text around it", "before \x1b[31", "before 31"],
  ["an unfinished link keeps its text", "a \x1b]8;;http://x", "a 8;;http://x"],
  ["a broken sequence doesn't swallow the next one", "\x1b]0;t\x1b[31mred", "0;tred"],
  ["a lone ESC at the end", "text\x1b", "text\x1b"],
  ["many broken sequences", "\x1b]".repeat(3) + "x", "x"],
];

for (const [name, text, stripped] of CASES) {
  Deno.test(`stripEscapes(): ${name}`, () => assertEquals(stripEscapes(text), stripped));
}

Deno.test("stripEscapes() gets through a line full of openings without an end", () => {
  const openings = ["\x1b]", "\x1bP", "\x1b[", "\x9b", "\x1b"];
  for (const opening of openings) stripEscapes(opening.repeat(16 * 1024));
  assertEquals(stripEscapes("\x1b[" + "0;".repeat(8000) + "m"), "");
});
