import { assertEquals } from "@std/assert";
import { isPartOf } from "./part_of.ts";

const WHOLE = { name: "a", list: [1, { x: 1, y: 2 }], deep: { z: null } };

for (
  const part of [{}, { name: "a" }, { list: [{ y: 2 }] }, { list: [], deep: { z: null } }, WHOLE]
) {
  Deno.test(`isPartOf() finds ${JSON.stringify(part)}`, () => {
    assertEquals(isPartOf(part, WHOLE), true);
  });
}

for (
  const part of [{ name: "b" }, { nam: "a" }, { list: [2] }, { list: [{ y: 1 }] }, [], "a", null]
) {
  Deno.test(`isPartOf() doesn't find ${JSON.stringify(part)}`, () => {
    assertEquals(isPartOf(part, WHOLE), false);
  });
}
