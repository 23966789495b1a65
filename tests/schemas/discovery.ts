/** A type in a discovery document of a Google API: JSON Schema draft 3 with habits of its own. */
export interface DiscoverySchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, DiscoverySchema>>;
  readonly additionalProperties?: DiscoverySchema;
  readonly items?: DiscoverySchema;
}

/**
 * The types of a Google API as a JSON Schema (draft 2020-12) for a value of the type `root`. A field
 * that the API doesn't know is an error; the API itself would refuse it too.
 */
export function discoveryToJsonSchema(
  schemas: Readonly<Record<string, DiscoverySchema>>,
  root: string,
): Record<string, unknown> {
  if (!(root in schemas)) throw new Error(`Cannot find the type ${root}`);
  const $defs = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, convert(schema)]),
  );
  return { $ref: `#/$defs/${root}`, $defs };
}

function convert(schema: DiscoverySchema): Record<string, unknown> {
  if (schema.$ref !== undefined) return { $ref: `#/$defs/${schema.$ref}` };
  switch (schema.type) {
    case "any":
      return {};
    case "object":
      return object(schema);
    case "array":
      return { type: "array", items: convert(schema.items ?? { type: "any" }) };
    case "string":
      // 64 bits don't fit into JavaScript's numbers: the API writes text, and reads both.
      if (schema.format === "int64" || schema.format === "uint64") {
        return { anyOf: [{ type: "integer" }, { type: "string", pattern: "^-?[0-9]+$" }] };
      }
      if (schema.format === "google-duration") {
        return { type: "string", pattern: "^[0-9]+(\\.[0-9]+)?s$" };
      }
      return schema.enum === undefined ? { type: "string" } : { enum: schema.enum };
    default:
      return { type: schema.type };
  }
}

function object({ properties, additionalProperties }: DiscoverySchema): Record<string, unknown> {
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(properties ?? {}).map(([name, schema]) => [name, convert(schema)]),
    ),
    additionalProperties: additionalProperties === undefined
      ? false
      : convert(additionalProperties),
  };
}
