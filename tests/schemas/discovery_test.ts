import { assertEquals, assertThrows } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type DiscoverySchema, discoveryToJsonSchema } from "./discovery.ts";

const SCHEMAS: Record<string, DiscoverySchema> = {
  Job: {
    type: "object",
    properties: {
      name: { type: "string" },
      tasks: { type: "array", items: { $ref: "Task" } },
      labels: { type: "object", additionalProperties: { type: "string" } },
      state: { type: "string", enum: ["ON", "OFF"] },
      seconds: { type: "string", format: "int64" },
      timeout: { type: "string", format: "google-duration" },
      extra: { type: "any" },
    },
  },
  Task: { type: "object", properties: { retries: { type: "integer", format: "int32" } } },
};

const validate = new Ajv2020().compile(discoveryToJsonSchema(SCHEMAS, "Job"));

const GOOD: unknown[] = [
  {},
  { name: "a", tasks: [{ retries: 0 }], labels: { a: "b" }, state: "ON", extra: [{}] },
  { seconds: 3600, timeout: "1.5s" },
  { seconds: "3600" },
];
for (const value of GOOD) {
  Deno.test(`discoveryToJsonSchema() lets through ${JSON.stringify(value)}`, () => {
    assertEquals(validate(value), true);
  });
}

const BAD: unknown[] = [
  { nam: "a" },
  { name: 1 },
  { tasks: [{ retries: "0" }] },
  { tasks: [{ maxRetries: 0 }] },
  { labels: { a: 1 } },
  { state: "on" },
  { seconds: "1h" },
  { timeout: "1h" },
];
for (const value of BAD) {
  Deno.test(`discoveryToJsonSchema() refuses ${JSON.stringify(value)}`, () => {
    assertEquals(validate(value), false);
  });
}

Deno.test("discoveryToJsonSchema() refuses a type that there isn't", () => {
  assertThrows(() => discoveryToJsonSchema(SCHEMAS, "Service"), Error, "Service");
});
