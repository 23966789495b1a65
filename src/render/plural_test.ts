import { assertEquals } from "@std/assert";
import { plural, thousands } from "./plural.ts";

Deno.test("plural() adds an s unless it is one", () => {
  assertEquals([0, 1, 2, 1234].map((n) => plural(n, "line")), [
    "0 lines",
    "1 line",
    "2 lines",
    "1,234 lines",
  ]);
});

Deno.test("thousands() puts commas into long numbers", () => {
  assertEquals([0, 999, 1000, 12345, 1234567].map(thousands), [
    "0",
    "999",
    "1,000",
    "12,345",
    "1,234,567",
  ]);
});
