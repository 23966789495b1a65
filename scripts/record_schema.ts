// Writes the JSON Schema of a run's record for its readers:
//   deno run --allow-write scripts/record_schema.ts
import { toJsonSchema } from "@valibot/to-json-schema";
import { RecordSchema } from "../src/core/record_schema.ts";

export const SCHEMA_FILE = new URL("../docs/record.schema.json", import.meta.url);

/** The text of docs/record.schema.json. */
export function recordSchemaText(): string {
  const { $schema, ...schema } = toJsonSchema(RecordSchema, {
    target: "draft-2020-12",
    errorMode: "throw",
  });
  return `${JSON.stringify({ $schema, ...schema }, undefined, 2)}\n`;
}

if (import.meta.main) await Deno.writeTextFile(SCHEMA_FILE, recordSchemaText());
