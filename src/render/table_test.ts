import { assertEquals } from "@std/assert";
import { cut, table, wrap } from "./table.ts";

Deno.test("table() aligns columns and leaves no spaces at a line's end", () => {
  assertEquals(table([["a", "bb", "c"], ["ää", "b", ""]]), ["a   bb  c", "ää  b"]);
  assertEquals(table([]), []);
});

Deno.test("cut() keeps what fits", () => {
  assertEquals([cut("abcd", 4), cut("abcde", 4), cut("🚨🚨🚨", 2)], ["abcd", "abc…", "🚨…"]);
});

Deno.test("wrap() breaks at spaces, and leaves a long word whole", () => {
  assertEquals(wrap("one two three", 7), ["one two", "three"]);
  assertEquals(wrap("a verylongword b", 5), ["a", "verylongword", "b"]);
  assertEquals(wrap("", 5), [""]);
});
