import { assert, assertEquals } from "@std/assert";
import { buildTables } from "../src/core/scan/filter_tables.ts";
import { literal, spelled } from "../src/core/scan/pattern.ts";
import { readyTables } from "../src/core/scan/ready_tables.ts";
import { defaultPatterns, MODULE, tablesModule } from "./tables.ts";

Deno.test("the committed tables are those of the default rules", async () => {
  assertEquals(tablesModule(), await Deno.readTextFile(MODULE), "run `make tables`");
});

Deno.test("the ready tables are what is built at the start without them", () => {
  const { all } = defaultPatterns();
  const [ready, built] = [readyTables(all)!, buildTables(all)];
  assertEquals(ready.nibbles, built.nibbles);
  for (const table of ["begins", "pairs", "grams"] as const) {
    assertEquals(ready.known[table], built.known[table], table);
  }
  assertEquals(ready.placed, built.placed);
});

Deno.test("there are ready tables for exactly the patterns of the default rules", () => {
  const { all, needed } = defaultPatterns();
  assert(needed.length < all.length);
  assertEquals(readyTables(needed), undefined);
  assertEquals(readyTables(all.slice(1)), undefined);
  assertEquals(readyTables([...all, literal("one more")]), undefined);
  assertEquals(readyTables([...all.slice(1), literal("another")]), undefined);
  assertEquals(readyTables([...all.slice(1), literal("constructor")]), undefined);
  assertEquals(readyTables([...all.slice(1), all[1]!]), undefined, spelled(all[1]!));
  assertEquals(readyTables([]), undefined);
});
