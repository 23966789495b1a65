import { assertEquals } from "@std/assert";
import { rule } from "../../testing/builders.ts";
import type { RuleTests } from "../rule.ts";
import { tryExamples } from "./rule_examples.ts";

function results(tests: RuleTests, fields = {}): string[] {
  const tried = rule({ ...fields, tests });
  return tryExamples(tried, { rules: [rule({ id: "other" }), tried], bufferLines: 100 })
    .map(({ kind, index, passed }) => `${kind}[${index}] ${passed}`);
}

Deno.test("tryExamples() holds a rule to both kinds of its tests", () => {
  assertEquals(results({ match: ["boom", "quiet"], noMatch: ["quiet", "a\nboom"] }), [
    "match[0] true",
    "match[1] false",
    "noMatch[0] true",
    "noMatch[1] false",
  ]);
});

Deno.test("tryExamples() takes each test as a log of its own", () => {
  assertEquals(results({ noMatch: ["boom", "boom"], match: ["boom\nboom"] }, { threshold: 2 }), [
    "match[0] true",
    "noMatch[0] true",
    "noMatch[1] true",
  ]);
});

Deno.test("tryExamples() lets the times in a test's lines count", () => {
  const far = "2024-05-01 12:00:00 boom\n2024-05-01 13:00:00 boom";
  assertEquals(results({ noMatch: [far] }, { threshold: 2, withinMs: 1000 }), ["noMatch[0] true"]);
});

Deno.test("tryExamples() has nothing to say of a rule without tests", () => {
  assertEquals(tryExamples(rule(), { rules: [rule()], bufferLines: 100 }), []);
});
