import { assertEquals } from "@std/assert";
import { finding } from "../testing/builders.ts";
import { contextTexts } from "./context_texts.ts";

Deno.test("contextTexts() says where lines were left out", () => {
  const { context } = finding(["a", "b", "c"]);
  assertEquals(contextTexts(context), ["a", "b", "c"]);
  assertEquals(contextTexts({ ...context, omitted: { count: 42, before: 2 } }), [
    "a",
    "b",
    "… 42 lines left out …",
    "c",
  ]);
});
