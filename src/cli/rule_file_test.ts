import { assertEquals } from "@std/assert";
import { usageError } from "../testing/usage_error.ts";
import type { RulePatch } from "../core/rule_set.ts";
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

function patches(text: string): RulePatch[] {
  return parseRuleFile(text, "r.json").map(({ patch }) => patch);
}

function problem(text: string): string {
  return usageError(() => parseRuleFile(text, "r.json"));
}

Deno.test("parseRuleFile() reads a new rule", () => {
  const rule = { ...WHOLE, window: 50, threshold: 3, exitCode: 42 };
  const { pattern, ...fields } = rule;
  const patch = { ...fields, matcher: { kind: "pattern", pattern } };
  assertEquals<unknown>(patches(file(rule)), [patch]);
});

Deno.test("parseRuleFile() gives only the fields that are there, to leave the others alone", () => {
  assertEquals(patches(file({ id: "quota" })), [{ id: "quota" }]);
  const [patch] = patches(file({ id: "quota", threshold: 2 }));
  assertEquals(Object.keys(patch!), ["id", "threshold"]);
});

Deno.test("parseRuleFile() reads comments and trailing commas", () => {
  const text = `// ours
  { "$schema": "x", "rules": [ /* one */ { "id": "quota", "title": "T", }, ], }`;
  assertEquals(patches(text), [{ id: "quota", title: "T" }]);
});

Deno.test("parseRuleFile() keeps the rules' order", () => {
  const ids = ["c", "a", "b"];
  const text = file(...ids.map((id) => ({ id })));
  assertEquals(patches(text).map((rule) => rule.id), ids);
});

Deno.test("parseRuleFile() reads a file without rules", () => {
  assertEquals(patches(file()), []);
});

const JSONC = "is not JSON with comments:";
const FILES: [text: string, sentence: string][] = [
  ["", `r.json:1 ${JSONC} a value is missing`],
  ["{", `r.json:1 ${JSONC} a closing } is missing`],
  ['{\n"rules": [\n{"id" "x"}]}', `r.json:3 ${JSONC} a colon is missing`],
  ['{"rules": []}\n\n{}', `r.json:3 ${JSONC} something follows the end`],
  ["null", "r.json:1: must be an object with rules, got null"],
  ["1", "r.json:1: must be an object with rules, got 1"],
  ['{\n"rules": 1}', 'r.json:2: field "rules" must be a list of rules, got 1'],
  [
    '{"rules": [],\n"rule": []}',
    'r.json:2: field "rule" is not a known field (did you mean rules?)',
  ],
  ['{"rules": [{"id": "a",\n"id": "b"}]}', 'r.json:2: "id" stands twice in one object'],
  ["[".repeat(50_000), `r.json ${JSONC} it is nested too deeply`],
];
for (const [text, sentence] of FILES) {
  Deno.test(`parseRuleFile() refuses the file ${JSON.stringify(text.slice(0, 40))}`, () => {
    assertEquals(problem(text), sentence);
  });
}

const CHOICES = "config, permission, quota, service, failures, exception, agent, image";
const LINEAR = "which can't be run in linear time";
const { pattern: _, ...BARE } = WHOLE;
const RULES: [name: string, rule: unknown, sentence: string][] = [
  ["a number", 1, "rule number 1: must be an object, got 1"],
  ["null", null, "rule number 1: must be an object, got null"],
  [
    "an unknown field",
    { id: "mine", patern: "x" },
    'rule "mine": field "patern" is not a known field (did you mean pattern?)',
  ],
  [
    "a field that resembles none",
    { id: "mine", xyzzy: "x" },
    'rule "mine": field "xyzzy" is not a known field',
  ],
  [
    "a matcher of the inner form",
    { id: "mine", matcher: {} },
    'rule "mine": field "matcher" is not a known field',
  ],
  ["no id", {}, 'rule number 1: field "id" is missing'],
  ["a numeric id", { id: 1 }, 'rule number 1: field "id" must be text, got 1'],
  [
    "an id with capitals",
    { id: "Bad Id" },
    'rule "Bad Id": field "id" must be lower-case words and hyphens, got "Bad Id"',
  ],
  [
    "an unknown category",
    { ...WHOLE, category: "nope" },
    `rule "mine": field "category" must be one of ${CHOICES}, got "nope"`,
  ],
  ["a numeric title", { ...WHOLE, title: 1 }, 'rule "mine": field "title" must be text, got 1'],
  ["an empty title", { ...WHOLE, title: "" }, 'rule "mine": field "title" must not be empty'],
  ["an empty pattern", { ...WHOLE, pattern: "" }, 'rule "mine": field "pattern" must not be empty'],
  [
    "a window of 0",
    { ...WHOLE, window: 0 },
    'rule "mine": field "window" must be 1 or more, got 0',
  ],
  [
    "a window of 1.5",
    { ...WHOLE, window: 1.5 },
    'rule "mine": field "window" must be a whole number, got 1.5',
  ],
  [
    "a window in words",
    { ...WHOLE, window: "5" },
    'rule "mine": field "window" must be a number of lines, got "5"',
  ],
  [
    "a threshold of -1",
    { ...WHOLE, threshold: -1 },
    'rule "mine": field "threshold" must be 1 or more, got -1',
  ],
  [
    "a threshold of null",
    { ...WHOLE, threshold: null },
    'rule "mine": field "threshold" must be a number of lines, got null',
  ],
  [
    "an exit code of 0",
    { ...WHOLE, exitCode: 0 },
    'rule "mine": field "exitCode" must be from 1 to 255, got 0',
  ],
  [
    "an exit code of 256",
    { ...WHOLE, exitCode: 256 },
    'rule "mine": field "exitCode" must be from 1 to 255, got 256',
  ],
  [
    "an unknown action",
    { ...WHOLE, action: "stop" },
    'rule "mine": field "action" must be one of kill, warn, observe, got "stop"',
  ],
  [
    "an unknown stream in a list",
    { ...WHOLE, streams: ["stdout", "stder"] },
    'rule "mine": field "streams[1]" must be stdout or stderr, got "stder"',
  ],
  [
    "no stream at all",
    { ...WHOLE, streams: [] },
    'rule "mine": field "streams" must not be an empty list',
  ],
  [
    "a time without a unit",
    { ...WHOLE, within: "60" },
    'rule "mine": field "within" must be a duration like "60s", got "60"',
  ],
  [
    "a time in numbers",
    { ...WHOLE, confirm: 60 },
    'rule "mine": field "confirm" must be a duration like "60s", got 60',
  ],
  [
    "a time of more than a day",
    { ...WHOLE, confirm: "25h" },
    'rule "mine": field "confirm": "25h" is not a duration (the longest is 24h)',
  ],
  [
    "two ways to recognise a line",
    { ...WHOLE, facts: { status: "ABORTED" } },
    'rule "mine": field "facts" stands beside another (a rule has one of pattern, facts and json)',
  ],
  [
    "facts that say nothing",
    { ...BARE, facts: {} },
    'rule "mine": field "facts" is empty, and so would fit every line',
  ],
  [
    "facts that say nothing in a list",
    { ...BARE, facts: [{ http: 404 }, {}] },
    'rule "mine": field "facts[1]" is empty, and so would fit every line',
  ],
  [
    "an empty json",
    { ...BARE, json: {} },
    'rule "mine": field "json" is empty, and so would fit every line',
  ],
  [
    "a null in json",
    { ...BARE, json: { level: null } },
    'rule "mine": field "json.level" must be text, a number, true or false, got null',
  ],
  [
    "an unknown fact",
    { ...BARE, facts: { staus: "ABORTED" } },
    'rule "mine": field "facts.staus" is not a known field (did you mean status?)',
  ],
  [
    "an HTTP code that is no error",
    { ...BARE, facts: [{ http: [404, 200] }] },
    'rule "mine": field "facts[0].http[1]" must be an HTTP code from 400 to 599, got 200',
  ],
  [
    "a test of a wrong name",
    { ...WHOLE, tests: { mach: [] } },
    'rule "mine": field "tests.mach" is not a known field (did you mean match?)',
  ],
  [
    "a test that isn't text",
    { ...WHOLE, tests: { noMatch: ["a", 2] } },
    'rule "mine": field "tests.noMatch[1]" must be text, got 2',
  ],
  [
    "a bad pattern",
    { ...WHOLE, pattern: "a(" },
    'rule "mine": field "pattern": "a(" is not a regular expression: Unterminated group',
  ],
  [
    "a pattern with lookahead",
    { ...WHOLE, pattern: "a(?=b)" },
    `rule "mine": field "pattern": "a(?=b)" uses lookahead (?=b), ${LINEAR}`,
  ],
  [
    "a pattern with a backreference",
    { ...WHOLE, pattern: "(a)\\1" },
    `rule "mine": field "pattern": "(a)\\\\1" uses backreference \\1, ${LINEAR}`,
  ],
  [
    "lookbehind in an exception",
    { ...WHOLE, except: ["ok", "(?<=a)b"] },
    `rule "mine": field "except[1]": "(?<=a)b" uses lookbehind (?<=a), ${LINEAR}`,
  ],
  [
    "too many repeats in a clearing line",
    { ...WHOLE, clears: "a{100}" },
    `rule "mine": field "clears": "a{100}" repeats a{100} more than 16 times, ${LINEAR}`,
  ],
  [
    "a bad text among the facts",
    { ...BARE, facts: { text: "a(" } },
    'rule "mine": field "facts.text": "a(" is not a regular expression: Unterminated group',
  ],
];
for (const [name, rule, sentence] of RULES) {
  Deno.test(`parseRuleFile() refuses ${name}`, () => {
    assertEquals(problem(file(rule)), `r.json:1: ${sentence}`);
  });
}

Deno.test("parseRuleFile() takes the exit codes from 1 to 255", () => {
  for (const exitCode of [1, 2, 127, 255]) {
    assertEquals(patches(file({ id: "quota", exitCode }))[0]?.exitCode, exitCode);
  }
});

Deno.test("parseRuleFile() counts rules without a name from 1", () => {
  assertEquals(problem(file(WHOLE, 7)), "r.json:1: rule number 2: must be an object, got 7");
});

Deno.test("parseRuleFile() quotes only the beginning of a long value", () => {
  const title = ["x".repeat(100)];
  const quoted = `${JSON.stringify(title).slice(0, 60)}…`;
  assertEquals(
    problem(file({ ...WHOLE, title })),
    `r.json:1: rule "mine": field "title" must be text, got ${quoted}`,
  );
});

Deno.test("parseRuleFile() names the line of the field at fault, below comments", () => {
  const text = `{ // one
  "rules": [
    /* two
       three */
    { "id": "quota" },
    {
      "id": "mine",
      "facts": [
        { "http": 404 },
        { "http": 404,
          "staus": "ABORTED" }
      ]
    }
  ]
}`;
  assertEquals(
    problem(text),
    'r.json:11: rule "mine": field "facts[1].staus" is not a known field (did you mean status?)',
  );
});

Deno.test("parseRuleFile() remembers where each rule and each field stands", () => {
  const text = '{"rules": [\n{"id": "quota",\n\n"window": 3,\n"tests": {"match": ["a",\n"b"]}}]}';
  const [rule] = parseRuleFile(text, "r.json");
  assertEquals(rule!.where(), "r.json:2");
  assertEquals(rule!.where(["window"]), "r.json:4");
  assertEquals(rule!.where(["tests", "match", 1]), "r.json:6");
  assertEquals(rule!.where(["threshold"]), "r.json:2");
  assertEquals(rule!.place(), 'r.json:2: rule "quota"');
  assertEquals(rule!.place(["window"]), 'r.json:4: rule "quota": field "window"');
});

Deno.test("parseRuleFile() reads a file that begins with a byte order mark", () => {
  assertEquals(patches("\ufeff" + file({ id: "quota" })), [{ id: "quota" }]);
});

Deno.test("parseRuleFile() reads every field", () => {
  const rule = {
    ...BARE,
    advice: "do this",
    docs: "https://example.com",
    facts: [{ status: "ABORTED", http: 409, exception: "Aborted", tool: "grpc", text: "x" }],
    except: "no",
    streams: "stderr",
    window: 50,
    threshold: 2,
    within: "1.5s",
    clears: ["fine", "good"],
    confirm: "2m",
    retryable: false,
    exitCode: 42,
    action: "warn",
    tests: { match: "a\nb", noMatch: ["c"] },
  };
  assertEquals<unknown>(patches(file(rule)), [{
    ...BARE,
    advice: "do this",
    docs: "https://example.com",
    matcher: {
      kind: "facts",
      anyOf: [
        { status: ["ABORTED"], http: [409], exception: ["Aborted"], tool: ["grpc"], text: "x" },
      ],
    },
    except: ["no"],
    streams: ["stderr"],
    window: 50,
    threshold: 2,
    withinMs: 1500,
    clears: ["fine", "good"],
    confirmMs: 120_000,
    retryable: false,
    exitCode: 42,
    action: "warn",
    tests: { match: ["a\nb"], noMatch: ["c"] },
  }]);
});

Deno.test("parseRuleFile() reads json and a single object of facts", () => {
  const json = { level: "ERROR", "error.code": [403, 404], fatal: true };
  assertEquals(patches(file({ id: "quota", json }))[0]?.matcher, { kind: "json", fields: json });
  assertEquals(patches(file({ id: "quota", facts: { http: [404, 410] } }))[0]?.matcher, {
    kind: "facts",
    anyOf: [{ http: [404, 410] }],
  });
});

Deno.test("parseRuleFile() lets an empty list take away what a built-in rule excepts", () => {
  assertEquals(patches(file({ id: "quota", except: [], clears: [] })), [
    { id: "quota", except: [], clears: [] },
  ]);
});

Deno.test("parseRuleFile() keeps 0s for a time that is none", () => {
  assertEquals(patches(file({ id: "quota", confirm: "0", within: "0s" })), [
    { id: "quota", withinMs: 0, confirmMs: 0 },
  ]);
});
