import { assertEquals } from "@std/assert";
import { recordSchemaText, SCHEMA_FILE } from "./record_schema.ts";

Deno.test("docs/record.schema.json is what scripts/record_schema.ts writes", async () => {
  assertEquals(await Deno.readTextFile(SCHEMA_FILE), recordSchemaText());
});
