import { assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import { toJsonSchema } from "@valibot/to-json-schema";
import { finding, record, rule } from "../testing/builders.ts";
import type { RunRecord } from "./record.ts";
import { RecordSchema, type SchemaFits } from "./record_schema.ts";

// Fails to compile when the schema has other fields than the record.
const FITS: SchemaFits = true;

const ajv = new Ajv2020({ strict: true, allErrors: true });
ajv.addFormat("date-time", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const validate = ajv.compile(toJsonSchema(RecordSchema, { target: "draft-2020-12" }));

const RECORDS: [name: string, record: RunRecord][] = [
  ["a bail-out", record({ cause: "finding", finding: finding(["before", "boom"]) })],
  [
    "a bail-out by a retryable rule",
    record({ cause: "finding", finding: finding(["boom"], { rule: rule({ retryable: true }) }) }),
  ],
  ["an exit", record({ cause: "exit", child: { code: 0, signal: undefined } })],
  ["a stop by signal", record({ cause: "signal", signal: "SIGINT" })],
  [
    "a failed start",
    record({ cause: "spawn-failure", failure: { kind: "not-found", detail: "" } }, {
      pid: undefined,
    }),
  ],
];
for (const [name, own] of RECORDS) {
  Deno.test(`the record of ${name} fits the schema`, () => {
    assertEquals([validate(own), validate.errors, FITS], [true, null, true]);
  });
}

Deno.test("the schema refuses a record with a field missing, added or of another kind", () => {
  const [, own] = RECORDS[0]!;
  for (const name of Object.keys(own)) {
    const { [name as keyof RunRecord]: _, ...rest } = own;
    assertEquals(validate(rest), false, name);
    assertEquals(validate({ ...own, [name]: { wrong: true } }), false, name);
  }
  assertEquals(validate({ ...own, more: 1 }), false);
  assertEquals(validate({ ...own, startedAt: "yesterday" }), false);
});
