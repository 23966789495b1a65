import { assertEquals } from "@std/assert";
import { usageError } from "../testing/usage_error.ts";
import { parseRuleFile } from "./rule_file.ts";

const WHOLE = {
  id: "mine",
  category: "config",
  title: "Mine!",
  reason: "it is mine",
  pattern: "boom",
};

function file(...rules: unknown[]): string {
  return JSON.stringify({ rules });
}

function problem(text: string): string {
  return usageError(() => parseRuleFile(text, "r.json"));
}

Deno.test("parseRuleFile() reads a new rule", () => {
  const rule = { ...WHOLE, window: 50, threshold: 3, exitCode: 42 };
  const { pattern, ...fields } = rule;
  const patch = { ...fields, matcher: { kind: "pattern", pattern } };
  assertEquals<unknown>(parseRuleFile(file(rule), "r.json"), [patch]);
});

Deno.test("parseRuleFile() gives only the fields that are there, to leave the others alone", () => {
  assertEquals(parseRuleFile(file({ id: "quota" }), "r.json"), [{ id: "quota" }]);
  const [patch] = parseRuleFile(file({ id: "quota", threshold: 2 }), "r.json");
  assertEquals(Object.keys(patch!), ["id", "threshold"]);
});

Deno.test("parseRuleFile() reads comments and trailing commas", () => {
  const text = `// ours
  { "$schema": "x", "rules": [ /* one */ { "id": "quota", "title": "T", }, ], }`;
  assertEquals(parseRuleFile(text, "r.json"), [{ id: "quota", title: "T" }]);
});

Deno.test("parseRuleFile() keeps the rules' order", () => {
  const ids = ["c", "a", "b"];
  const text = file(...ids.map((id) => ({ id })));
  assertEquals(parseRuleFile(text, "r.json").map((rule) => rule.id), ids);
});

Deno.test("parseRuleFile() reads a file without rules", () => {
  assertEquals(parseRuleFile(file(), "r.json"), []);
});

const JSONC = "r.json is not JSON with comments: Cannot parse JSONC:";
const FILES: [text: string, sentence: string][] = [
  ["", `${JSONC} unexpected end of JSONC input`],
  ["{", `${JSONC} unexpected end of JSONC input`],
  ["null", "r.json: must be Object, got null"],
  ["1", "r.json: must be Object, got 1"],
  ['{"rules": 1}', 'r.json: field "rules" must be Array, got 1'],
  ['{"rules": [], "rule": []}', 'r.json: field "rule" is not a known field'],
];
for (const [text, sentence] of FILES) {
  Deno.test(`parseRuleFile() refuses the file ${JSON.stringify(text)}`, () => {
    assertEquals(problem(text), sentence);
  });
}

const CHOICES =
  '("config" | "permission" | "quota" | "service" | "failures" | "exception" | "agent" | "image")';
const RULES: [name: string, rule: unknown, sentence: string][] = [
  ["a number", 1, "rule number 1: must be Object, got 1"],
  ["null", null, "rule number 1: must be Object, got null"],
  [
    "an unknown field",
    { id: "mine", patern: "x" },
    'rule "mine": field "patern" is not a known field',
  ],
  [
    "a matcher of the inner form",
    { id: "mine", matcher: {} },
    'rule "mine": field "matcher" is not a known field',
  ],
  ["a numeric id", { id: 1 }, 'rule number 1: field "id" must be string, got 1'],
  [
    "an unknown category",
    { ...WHOLE, category: "nope" },
    `rule "mine": field "category" must be ${CHOICES}, got "nope"`,
  ],
  ["a numeric title", { ...WHOLE, title: 1 }, 'rule "mine": field "title" must be string, got 1'],
  ["a window of 0", { ...WHOLE, window: 0 }, 'rule "mine": field "window" must be >=1, got 0'],
  [
    "a window in words",
    { ...WHOLE, window: "5" },
    'rule "mine": field "window" must be number, got "5"',
  ],
  [
    "a threshold of -1",
    { ...WHOLE, threshold: -1 },
    'rule "mine": field "threshold" must be >=1, got -1',
  ],
  [
    "a threshold of null",
    { ...WHOLE, threshold: null },
    'rule "mine": field "threshold" must be number, got null',
  ],
  [
    "an exit code of 0",
    { ...WHOLE, exitCode: 0 },
    'rule "mine": field "exitCode" must be >=1, got 0',
  ],
  [
    "an exit code of 256",
    { ...WHOLE, exitCode: 256 },
    'rule "mine": field "exitCode" must be <=255, got 256',
  ],
  [
    "a bad pattern",
    { ...WHOLE, pattern: "a(" },
    'rule "mine": pattern "a(" is not a regular expression: Unterminated group',
  ],
  [
    "a pattern with lookahead",
    { ...WHOLE, pattern: "a(?=b)" },
    `rule "mine": pattern "a(?=b)" uses lookahead (?=b), which can't be run in linear time`,
  ],
  [
    "a pattern with a backreference",
    { ...WHOLE, pattern: "(a)\\1" },
    `rule "mine": pattern "(a)\\\\1" uses backreference \\1, which can't be run in linear time`,
  ],
];
for (const [name, rule, sentence] of RULES) {
  Deno.test(`parseRuleFile() refuses ${name}`, () => {
    assertEquals(problem(file(rule)), `r.json: ${sentence}`);
  });
}

Deno.test("parseRuleFile() takes the exit codes from 1 to 255", () => {
  for (const exitCode of [1, 2, 127, 255]) {
    assertEquals(parseRuleFile(file({ id: "quota", exitCode }), "r.json")[0]?.exitCode, exitCode);
  }
});

Deno.test("parseRuleFile() refuses a rule that stands there twice", () => {
  assertEquals(problem(file(WHOLE, { id: "mine" })), 'r.json: rule "mine" stands there twice');
});

Deno.test("parseRuleFile() counts rules without a name from 1", () => {
  assertEquals(problem(file(WHOLE, 7)), "r.json: rule number 2: must be Object, got 7");
});

// What a person can't read: the library's own words reach the user here.
const UNREADABLE: [name: string, text: string, sentence: string][] = [
  ["a file without rules", "{}", 'field "rules" is missing'],
  ["a list of rules alone", "[]", 'field "rules" is missing'],
  ["a rule without id", file({}), 'rule number 1: field "id" is missing'],
  [
    "an id with capitals",
    file({ id: "Bad Id" }),
    'rule "Bad Id": field "id" must be lower-case words and hyphens, got "Bad Id"',
  ],
  ["an empty title", file({ ...WHOLE, title: "" }), 'rule "mine": field "title" must not be empty'],
  [
    "an empty pattern",
    file({ ...WHOLE, pattern: "" }),
    'rule "mine": field "pattern" must not be empty',
  ],
  [
    "a window of 1.5",
    file({ ...WHOLE, window: 1.5 }),
    'rule "mine": field "window" must be a whole number, got 1.5',
  ],
  [
    "an exit code of 2.5",
    file({ ...WHOLE, exitCode: 2.5 }),
    'rule "mine": field "exitCode" must be a whole number, got 2.5',
  ],
];
for (const [name, text, sentence] of UNREADABLE) {
  Deno.test(`parseRuleFile() says in plain words what is wrong with ${name}`, () => {
    assertEquals(problem(text), `r.json: ${sentence}`);
  });
}
