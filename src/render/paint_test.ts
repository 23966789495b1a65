import { assertEquals } from "@std/assert";
import { COLORED, PLAIN } from "./paint.ts";

Deno.test("PLAIN leaves every text as it is", () => {
  for (const paint of Object.values(PLAIN)) assertEquals(paint("text"), "text");
});

Deno.test("COLORED puts a colour around each text and ends it, unless NO_COLOR is set", () => {
  for (const [name, paint] of Object.entries(COLORED)) {
    // deno-lint-ignore no-control-regex
    const painted = /^(?:\x1b\[\d+m)+text(?:\x1b\[\d+m)+$/.test(paint("text"));
    assertEquals(painted, !Deno.noColor, name);
  }
});
