import { assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { literal, type Pattern } from "./pattern.ts";
import { PatternCheck } from "./pattern_check.ts";

/** Whether `pattern`, known by its part at `offset`, stands in `text` with that part at `at`. */
function stands(pattern: Pattern, offset: number, text: string, at: number): boolean {
  return new PatternCheck([{ pattern, offset }]).stands(bytes(text), at);
}

Deno.test("PatternCheck wants the whole pattern, not only its part", () => {
  assertEquals(stands(literal("ancelled"), 4, "job cancelled", 9), true);
  assertEquals(stands(literal("ancelled"), 4, "queue polled", 8), false);
});

Deno.test("PatternCheck knows patterns shorter than a part", () => {
  assertEquals(stands(literal("{'"), 0, "x {'a': 1}", 2), true);
  assertEquals(stands(literal("{'"), 0, 'x {"a": 1}', 2), false);
});

Deno.test("PatternCheck knows patterns with several bytes in a place", () => {
  const digits = "0123456789";
  assertEquals(stands([digits, " ", "G", "E", "T"], 0, "403 GET /", 2), true);
  assertEquals(stands([digits, " ", "G", "E", "T"], 0, "http GET /", 3), false);
  assertEquals(stands([digits, digits, digits, digits], 0, "in 2026", 3), true);
});

Deno.test("PatternCheck finds nothing where the bytes end before the pattern does", () => {
  assertEquals(stands(literal("boomerang"), 0, "boom", 0), false);
  assertEquals(stands(literal("boomerang"), 5, "rang", 0), false);
});
