import { assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { RunRecord } from "../../src/core/record.ts";

const SCHEMA = new URL("../../docs/record.schema.json", import.meta.url);

const ajv = new Ajv2020({ strict: true, allErrors: true });
ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)) && /Z$/.test(text));
const validate = ajv.compile(JSON.parse(Deno.readTextFileSync(SCHEMA)));

/** A record out of its JSON, which fits the published schema. */
export function parseRecord(text: string): RunRecord {
  const record = JSON.parse(text);
  assertEquals([validate(record), validate.errors], [true, null]);
  return record;
}
