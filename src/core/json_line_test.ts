import { assertEquals } from "@std/assert";
import { fieldAt, parseJsonLine } from "./json_line.ts";

Deno.test("parseJsonLine() reads the fields that loggers use", () => {
  const line = parseJsonLine('{"severity": "CRITICAL", "textPayload": "x", "exc_info": "y"}');
  assertEquals([line?.level, line?.message, line?.exception], ["error", "x", "y"]);
  assertEquals(parseJsonLine('{"jsonPayload": {"level": "warn", "msg": "x"}}')?.level, "warning");
  assertEquals(parseJsonLine('{"level": "constructor", "msg": "x"}')?.level, undefined);
});

Deno.test("parseJsonLine() refuses what isn't one whole object", () => {
  for (const text of ["", "[1]", '{"a": 1', 'x {"a": 1}', "{'a': 1}"]) {
    assertEquals(parseJsonLine(text), undefined);
  }
});

Deno.test("fieldAt() follows a path, and prefers a key that has the dot in it", () => {
  assertEquals(fieldAt({ a: { b: 1 } }, "a.b"), 1);
  assertEquals(fieldAt({ a: { b: 1 }, "a.b": 2 }, "a.b"), 2);
  assertEquals(fieldAt({ a: 1 }, "a.b.c"), undefined);
  for (const path of ["constructor", "toString", "a.valueOf", "__proto__.constructor"]) {
    assertEquals(fieldAt({ a: { b: 1 } }, path), undefined);
  }
});
