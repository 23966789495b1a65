import { assertEquals } from "@std/assert";
import { usageError } from "../testing/usage_error.ts";
import type { RuleChoice } from "./detection_settings.ts";
import { readRulesRequest, type RulesRequest } from "./rules_settings.ts";

function read(line: string, env: Record<string, string> = {}): RulesRequest {
  return readRulesRequest(line.split(" ").filter((word) => word !== ""), env);
}

const CHOICE: RuleChoice = {
  profile: "default",
  ruleFiles: [],
  disabled: [],
  sources: { rules: "--rules", disable: "--disable", bufferLines: "--buffer-lines" },
  bufferLines: 100,
};

const CASES: [line: string, request: RulesRequest][] = [
  ["list", { action: "list", choice: CHOICE, format: "text" }],
  ["list --format json --profile=classic --rules a --disable quota", {
    action: "list",
    choice: { ...CHOICE, profile: "classic", ruleFiles: ["a"], disabled: ["quota"] },
    format: "json",
  }],
  ["--profile classic list", {
    action: "list",
    choice: { ...CHOICE, profile: "classic" },
    format: "text",
  }],
  ["show quota", { action: "show", id: "quota", choice: CHOICE, format: "text" }],
  ["show --format json -- -x", { action: "show", id: "-x", choice: CHOICE, format: "json" }],
  ["validate a.json b.json --buffer-lines 200", {
    action: "validate",
    choice: {
      ...CHOICE,
      ruleFiles: ["a.json", "b.json"],
      sources: { ...CHOICE.sources, rules: "rules validate" },
      bufferLines: 200,
    },
  }],
  ["schema", { action: "schema" }],
  ["--help", { action: "help", topic: "rules" }],
  ["-h", { action: "help", topic: "rules" }],
  ["--help list", { action: "help", topic: "list" }],
  ["show --help", { action: "help", topic: "show" }],
  ["validate -h x", { action: "help", topic: "validate" }],
  ["export --help", { action: "help", topic: "export" }],
  ["schema --help", { action: "help", topic: "schema" }],
];
for (const [line, request] of CASES) {
  Deno.test(`readRulesRequest() reads: rules ${line}`, () => assertEquals(read(line), request));
}

Deno.test("readRulesRequest() takes the variables of a run", () => {
  const env = { BAILOUT_PROFILE: "none", BAILOUT_RULES: "a", BAILOUT_FORMAT: "json" };
  assertEquals(read("list", env), {
    action: "list",
    choice: {
      ...CHOICE,
      profile: "none",
      ruleFiles: ["a"],
      sources: { ...CHOICE.sources, rules: "BAILOUT_RULES" },
    },
    format: "text",
  });
});

Deno.test("readRulesRequest() validates only the files that it names", () => {
  const request = read("validate a", { BAILOUT_RULES: "b", BAILOUT_DISABLE: "nope" });
  assertEquals(request.action === "validate" && request.choice.ruleFiles, ["a"]);
  assertEquals(request.action === "validate" && request.choice.disabled, []);
});

const ERRORS: [line: string, sentence: string][] = [
  ["", "rules: list, show, validate, schema or export? (see bailout rules --help)"],
  ["lst", 'rules: there is no action "lst" (did you mean list?)'],
  [
    "frobnicate",
    'rules: there is no action "frobnicate" (use list, show, validate, schema, export; a command called rules comes after --)',
  ],
  ["list quota", 'rules list: "quota" is one word too many (see bailout rules list --help)'],
  ["show", "rules show: no ID (bailout rules list has the rules)"],
  ["show a b", 'rules show: "b" is one word too many (see bailout rules show --help)'],
  ["validate", "rules validate: no FILE (name the rule files to check)"],
  ["schema x", 'rules schema: "x" is one word too many (see bailout rules schema --help)'],
  ["schema --format json", "rules schema has no option --format (see bailout rules schema --help)"],
  [
    "validate --rules x y",
    "rules validate has no option --rules (see bailout rules validate --help)",
  ],
  ["list --formt json", 'unknown option "--formt" (did you mean --format?)'],
  [
    "list --interval 1s",
    'unknown option "--interval" (see bailout rules --help; -- before rules supervises a command of that name)',
  ],
];
for (const [line, sentence] of ERRORS) {
  Deno.test(`readRulesRequest() refuses: rules ${line}`, () => {
    assertEquals(usageError(() => read(line)), sentence);
  });
}
