import { assertEquals } from "@std/assert";
import { utf8Length, utf8Limit } from "./utf8_limit.ts";

Deno.test("utf8Limit() cuts between characters, never inside of one", () => {
  for (const character of ["a", "ä", "━", "🚨"]) {
    const size = utf8Length(character);
    for (let bytes = 0; bytes <= 3 * size; bytes++) {
      const expected = character.repeat(Math.floor(bytes / size));
      assertEquals(utf8Limit(character.repeat(3), bytes), expected, `${character} ${bytes}`);
    }
  }
});
