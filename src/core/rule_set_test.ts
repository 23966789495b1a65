import { assertEquals, assertThrows } from "@std/assert";
import { rule } from "../testing/builders.ts";
import { addRule, builtInRules, type RulePatch } from "./rule_set.ts";
import { CLASSIC_RULES } from "./rules/classic.ts";
import { DEFAULT_RULES } from "./rules/default.ts";

const RULES = [rule({ id: "a" }), rule({ id: "b" }), rule({ id: "c" })];

Deno.test("builtInRules() gives each profile's rules", () => {
  assertEquals(builtInRules("default"), DEFAULT_RULES);
  assertEquals(builtInRules("classic"), CLASSIC_RULES);
  assertEquals(builtInRules("none"), []);
});

Deno.test("addRule() changes the fields that are given and keeps the rule's place", () => {
  const matcher = { kind: "pattern", pattern: "bang" } as const;
  const patched = addRule(RULES, { id: "b", matcher, exitCode: 42 });
  assertEquals(patched, [RULES[0]!, { ...RULES[1]!, matcher, exitCode: 42 }, RULES[2]!]);
});

Deno.test("addRule() drops the pre-check of a matcher that it replaces, and no other", () => {
  const hinted = [rule({ hints: ["boom"] })];
  const matcher = { kind: "pattern", pattern: "bang" } as const;
  assertEquals(addRule(hinted, { id: "boom", matcher }), [rule({ matcher })]);
  assertEquals(addRule(hinted, { id: "boom", window: 5 })[0]?.hints, ["boom"]);
});

Deno.test("addRule() can change every field but the id", () => {
  const patch: RulePatch = {
    id: "b",
    category: "image",
    title: "Other!",
    reason: "other",
    matcher: { kind: "traceback" },
    window: 7,
    threshold: 3,
    skipTracebackBody: false,
    exitCode: 9,
  };
  assertEquals(addRule(RULES, patch)[1], patch as typeof RULES[number]);
});

Deno.test("addRule() puts a new rule to the end, with the window and threshold of a new one", () => {
  const { category, title, reason, matcher } = rule();
  const added = addRule(RULES, { id: "new", category, title, reason, matcher });
  assertEquals(added.slice(0, 3), RULES);
  assertEquals(added[3], {
    id: "new",
    category,
    title,
    reason,
    matcher,
    window: 100,
    threshold: 1,
    skipTracebackBody: true,
  });
});

Deno.test("addRule() leaves the list that it was given as it is", () => {
  const before = structuredClone(RULES);
  addRule(RULES, { id: "b", title: "Other!" });
  addRule(RULES, rule({ id: "new" }));
  assertEquals(RULES, before);
});

for (
  const [missing, field] of [
    ["category", "category"],
    ["title", "title"],
    ["reason", "reason"],
    ["matcher", "matcher"],
  ] as const
) {
  Deno.test(`addRule() names the field that a new rule lacks: ${field}`, () => {
    const { [missing]: _, ...patch } = rule({ id: "new" });
    assertEquals(assertThrows(() => addRule(RULES, patch), TypeError).message, field);
  });
}
