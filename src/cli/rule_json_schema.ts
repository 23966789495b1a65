import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { builtInRules } from "../core/rule_set.ts";
import { WholeFileSchema } from "./rule_schema.ts";

/** A JSON Schema, as far as this file touches it. */
interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  [keyword: string]: unknown;
}

const WAYS = ["pattern", "facts", "json"];

/** The JSON Schema (draft 2020-12) of rule files: what editors complete and check them with. */
export function ruleFileSchema(): JsonSchema {
  const { $schema, ...schema } = convert(WholeFileSchema);
  const rule = schema.properties!.rules!.items!;
  // What the library can't say: a new rule is whole, and it has one way of recognising a line.
  rule.not = { anyOf: pairs(WAYS).map((required) => ({ required })) };
  rule.if = { properties: { id: { enum: builtInIds() } } };
  rule.else = {
    required: ["category", "title", "reason"],
    anyOf: WAYS.map((way) => ({ required: [way] })),
  };
  return { $schema, title: "Rules of bailout", ...schema };
}

function convert(schema: GenericSchema): JsonSchema {
  const { $defs: _, ...converted } = toJsonSchema(schema, {
    target: "draft-2020-12",
    errorMode: "throw",
    // A lazy schema would become a reference to a nameless definition.
    overrideSchema: ({ valibotSchema }) => {
      if (valibotSchema.type !== "lazy" || !("getter" in valibotSchema)) return undefined;
      const getter = valibotSchema.getter as (input: unknown) => GenericSchema;
      const { $schema: _, ...inline } = convert(getter(undefined));
      return inline;
    },
  });
  return converted as JsonSchema;
}

function pairs(words: readonly string[]): string[][] {
  return words.flatMap((first, index) => words.slice(index + 1).map((second) => [first, second]));
}

function builtInIds(): string[] {
  const rules = [...builtInRules("default"), ...builtInRules("classic")];
  return [...new Set(rules.map(({ id }) => id))];
}
