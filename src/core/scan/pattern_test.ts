import { assert, assertEquals } from "@std/assert";
import { chanceOf, literal, rarestPart } from "./pattern.ts";

Deno.test("literal() is a pattern of bytes", () => {
  assertEquals(literal("aé"), ["a", "\xc3", "\xa9"]);
});

Deno.test("rarestPart() prefers what log lines seldom have", () => {
  assertEquals(rarestPart(literal("the W&B agent")).join(""), " W&B");
  assertEquals(rarestPart(literal("xception")).join(""), "xcep");
});

Deno.test("rarestPart() takes a short pattern whole", () => {
  assertEquals(rarestPart(literal("{'")), ["{", "'"]);
});

Deno.test("chanceOf() adds up the bytes that may stand in one place", () => {
  assert(chanceOf(["xy"]) > chanceOf(["x"]));
  assert(chanceOf(["e", "e"]) < chanceOf(["e"]));
});
