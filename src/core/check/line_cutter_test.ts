import { assert, assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { LineCutter, MAX_HELD_BYTES } from "./line_cutter.ts";

/** What is shown of chunks: text, with `…` before what continues a line and after what is cut off. */
function cut(chunks: readonly string[]): string[] {
  const shown: string[] = [];
  const cutter = new LineCutter(({ bytes, start, end, begins, ends }) => {
    const text = new TextDecoder().decode(bytes.subarray(start, end));
    shown.push(`${begins ? "" : "…"}${text}${ends ? "" : "…"}`);
  }, () => {});
  for (const chunk of chunks) {
    const buffer = bytes(chunk);
    cutter.push(buffer);
    buffer.fill(0);
  }
  cutter.end();
  return shown;
}

Deno.test("LineCutter shows each line with its line feed, and the last without", () => {
  assertEquals(cut(["a\n\nb\r\nc"]), ["a\n", "\n", "b\r\n", "c"]);
  assertEquals(cut(["a\n"]), ["a\n"]);
  assertEquals(cut([]), []);
  assertEquals(cut([""]), []);
});

Deno.test("LineCutter tears no line, wherever chunks are cut", () => {
  const text = "one\n\ntwo\r\nthree\rfour\nfive";
  const expected = cut([text]);
  for (let i = 0; i <= text.length; i++) {
    for (let j = i; j <= text.length; j++) {
      assertEquals(cut([text.slice(0, i), text.slice(i, j), text.slice(j)]), expected);
    }
  }
  assertEquals(cut([...text]), expected);
});

Deno.test("LineCutter passes a very long line on in parts, and holds no more than it must", () => {
  const part = "x".repeat(MAX_HELD_BYTES);
  const shown = cut(["a\n", part, "y", part, "z\nb\n"]);
  assertEquals(shown.map((text) => text.length), [2, part.length + 2, part.length + 2, 3, 2]);
  assert(shown[1]!.startsWith("xx") && shown[1]!.endsWith("y…"));
  assert(shown[2]!.startsWith("…x") && shown[2]!.endsWith("x…"));
  assertEquals(shown.slice(3), ["…z\n", "b\n"]);
});

Deno.test("LineCutter ends a very long line that has no line feed", () => {
  const shown = cut(["x".repeat(MAX_HELD_BYTES + 1)]);
  assertEquals(shown.map((text) => text.slice(-1)), ["…", "…"]);
});
