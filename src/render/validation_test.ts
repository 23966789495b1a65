import { assertEquals } from "@std/assert";
import type { ExampleResult } from "../core/check/rule_examples.ts";
import { PLAIN } from "./paint.ts";
import { validationText } from "./validation.ts";

const result = (kind: ExampleResult["kind"], index: number, passed: boolean) => ({
  kind,
  index,
  passed,
});
const where = ({ index }: ExampleResult) => `r.json:${10 + index}`;

Deno.test("validationText() counts the tests of each rule", () => {
  const rules = [
    { id: "one", results: [result("match", 0, true), result("noMatch", 0, true)], where },
    { id: "another", results: [], where },
  ];
  assertEquals(
    validationText(rules, PLAIN),
    `✓ one      1 of 1 matched, 1 of 1 left alone
- another  has no tests
✓ 2 rules, 2 tests: all is well
`,
  );
});

Deno.test("validationText() names each test that failed, and where it stands", () => {
  const results = [
    result("match", 0, true),
    result("match", 1, false),
    result("noMatch", 0, false),
  ];
  assertEquals(
    validationText([{ id: "one", results, where }], PLAIN),
    `✗ one  1 of 2 matched, 0 of 1 left alone
  r.json:11: tests.match[1] doesn't meet the rule
  r.json:10: tests.noMatch[0] meets the rule
✗ 1 rule, 3 tests: 2 failed
`,
  );
});

Deno.test("validationText() of files without rules", () => {
  assertEquals(validationText([], PLAIN), "✓ 0 rules, 0 tests: all is well\n");
});
