import { assert, assertEquals } from "@std/assert";
import { ruleFileSchema } from "./rule_json_schema.ts";
import { RuleSchema } from "./rule_schema.ts";

type Schema = Record<string, unknown>;

const SCHEMA = ruleFileSchema();
const RULE = SCHEMA.properties!.rules!.items!;

/** Every schema inside of `schema`, itself too. */
function* nested(schema: unknown): Generator<Schema> {
  if (typeof schema !== "object" || schema === null) return;
  if (!Array.isArray(schema)) yield schema as Schema;
  for (const value of Object.values(schema)) yield* nested(value);
}

Deno.test("ruleFileSchema() is of draft 2020-12 and stands for itself", () => {
  assertEquals(SCHEMA.$schema, "https://json-schema.org/draft/2020-12/schema");
  assert([...nested(SCHEMA)].every((schema) => !("$ref" in schema) && !("$defs" in schema)));
});

Deno.test("ruleFileSchema() has every field of a rule, each with a description", () => {
  assertEquals(Object.keys(RULE.properties!), Object.keys(RuleSchema.entries));
  for (const [name, field] of Object.entries(RULE.properties!)) {
    assertEquals(typeof field.description, "string", name);
  }
  assertEquals(RULE.required, ["id"]);
  assertEquals(RULE.additionalProperties, false);
});

Deno.test("ruleFileSchema() takes a list and a single value where a file may have both", () => {
  for (const field of ["except", "clears", "streams", "facts"]) {
    const kinds = RULE.properties![field]!.anyOf as Schema[];
    assertEquals(kinds.map(({ type }) => type), [field === "facts" ? "object" : "string", "array"]);
  }
});

Deno.test("ruleFileSchema() asks a new rule to be whole, and a built-in one for its id alone", () => {
  const { if: condition, else: whole, not } = RULE as Record<string, Schema>;
  const ids = (condition!.properties as { id: { enum: string[] } }).id.enum;
  assert(ids.includes("quota") && ids.includes("image-pull"));
  assertEquals(whole!.required, ["category", "title", "reason"]);
  assertEquals(not!.anyOf, [
    { required: ["pattern", "facts"] },
    { required: ["pattern", "json"] },
    { required: ["facts", "json"] },
  ]);
});
