import { assertEquals } from "@std/assert";
import { hideOwnVariables, readEnvironment } from "./environment.ts";

Deno.test("hideOwnVariables() takes our variables from the child, and only ours", () => {
  const names = ["BAILOUT_UNIT_TEST", "BAILOUT_", "XBAILOUT_UNIT_TEST", "UNIT_TEST_BAILOUT_"];
  try {
    for (const name of names) Deno.env.set(name, "x");
    const before = readEnvironment();
    hideOwnVariables(before);
    const hidden = Object.keys(before).filter((name) => !Deno.env.has(name));
    assertEquals(hidden.filter((name) => names.includes(name)).sort(), names.slice(0, 2).sort());
    assertEquals(hidden.every((name) => name.startsWith("BAILOUT_")), true);
  } finally {
    for (const name of names) Deno.env.delete(name);
  }
});
