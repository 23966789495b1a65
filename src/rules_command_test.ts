import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parse } from "@std/yaml";
import { readRulesRequest } from "./cli/rules_settings.ts";
import { UsageError } from "./cli/usage_error.ts";
import { DEFAULT_RULES } from "./core/rules/default.ts";
import { rulesCommand } from "./rules_command.ts";
import { FakeToolHost } from "./testing/fake_tool_host.ts";

/** Runs with a rule file, whose name `FILE` in the line stands for. */
async function run(line: string, file = "{}"): Promise<{ code: number; text: string }> {
  const path = await Deno.makeTempFile({ suffix: ".jsonc" });
  try {
    await Deno.writeTextFile(path, file);
    const host = new FakeToolHost();
    const words = line.split(" ").map((word) => word === "FILE" ? path : word);
    const code = await rulesCommand(readRulesRequest(words, {}), host);
    return { code, text: host.stdout.text.replaceAll(path, "FILE") };
  } finally {
    await Deno.remove(path);
  }
}

const MINE = '{"rules": [\n{"id": "mine", "category": "quota", "title": "Mine!", "reason": "r",\n' +
  '"pattern": "mine"}]}';

Deno.test("rules list has every rule of the profile, in order, and those of files", async () => {
  const { code, text } = await run("list --rules FILE", MINE);
  assertEquals(code, 0);
  const ids = text.trimEnd().split("\n").slice(1).map((line) => line.split(" ")[0]);
  assertEquals(ids, [...DEFAULT_RULES.map(({ id }) => id), "mine"]);
});

Deno.test("rules list --format json is a list of rules, without the disabled ones", async () => {
  const { text } = await run("list --format json --profile classic --disable quota");
  const ids = (JSON.parse(text) as { id: string }[]).map(({ id }) => id);
  assertEquals(ids, DEFAULT_RULES.map(({ id }) => id).filter((id) => id !== "quota"));
});

Deno.test("rules show has a page for every rule", async () => {
  for (const { id, title } of DEFAULT_RULES) {
    const { code, text } = await run(`show ${id}`);
    assertEquals(code, 0);
    assertStringIncludes(text, `${id}: ${title}\n`);
    assertStringIncludes(text, "How to mend it:");
  }
});

Deno.test("rules show knows rules of files, and a JSON form", async () => {
  const { text } = await run("show mine --rules FILE --format json", MINE);
  assertEquals(JSON.parse(text).pattern, "mine");
});

Deno.test("rules show refuses a rule that there isn't", async () => {
  const { message, hint } = await assertRejects(() => run("show qota"), UsageError);
  assertEquals([message, hint], ['rules show: there is no rule "qota"', "did you mean quota?"]);
});

Deno.test("rules validate is 0 for good files, with and without tests", async () => {
  const { code, text } = await run("validate FILE", MINE);
  assertEquals([code, text], [0, "- mine  has no tests\n✓ 1 rule, 0 tests: all is well\n"]);
});

Deno.test("rules validate is 1 for a failing test, and names it with its line", async () => {
  const tests = ',\n"tests": {"match": ["mine",\n"yours"], "noMatch": "yours"}}]}';
  const { code, text } = await run("validate FILE", MINE.replace("}]}", tests));
  assertEquals(code, 1);
  assertEquals(
    text,
    "✗ mine  1 of 2 matched, 1 of 1 left alone\n" +
      "  FILE:5: tests.match[1] doesn't meet the rule\n" +
      "✗ 1 rule, 3 tests: 1 failed\n",
  );
});

Deno.test("rules validate holds a changed built-in rule to the file's tests only", async () => {
  const file = '{"rules": [{"id": "quota", "pattern": "Zap", "tests": {"match": ["Zap"]}}]}';
  const { code, text } = await run("validate FILE", file);
  assertEquals(code, 0);
  assertStringIncludes(text, "✓ quota  1 of 1 matched\n");
});

Deno.test("rules validate refuses a malformed file", async () => {
  await assertRejects(() => run("validate FILE", '{"rules": [{}]}'), UsageError);
});

Deno.test("rules schema is JSON", async () => {
  const { code, text } = await run("schema");
  assertEquals([code, JSON.parse(text).type], [0, "object"]);
});

const CODES =
  '{"rules": [\n{"id": "http-error", "exitCode": 40},\n{"id": "quota", "action": "warn"}]}';

Deno.test("rules export pod-failure-policy is made of the rules of a run", async () => {
  const line = "export pod-failure-policy --rules FILE --disable agent-init --container main";
  const { code, text } = await run(line, CODES);
  assertEquals(code, 0);
  assertEquals(parse(text), {
    spec: {
      podFailurePolicy: {
        rules: [
          {
            action: "FailJob",
            onExitCodes: {
              containerName: "main",
              operator: "In",
              values: [10, 11, 14, 15, 17, 40],
            },
          },
          { action: "Count", onExitCodes: { containerName: "main", operator: "In", values: [13] } },
        ],
      },
      template: { spec: { restartPolicy: "Never" } },
    },
  });
});

Deno.test("rules export pod-failure-policy refuses a run that no rule can end", async () => {
  const { message, hint } = await assertRejects(
    () => run("export pod-failure-policy --profile none"),
    UsageError,
  );
  assertEquals(message, "rules export pod-failure-policy: there is no rule that ends a run");
  assertEquals(hint, "name rules with --rules, or another --profile");
});

Deno.test("rules --help and each action's", async () => {
  assertStringIncludes((await run("--help")).text, "Usage: bailout rules list|show ID");
  assertStringIncludes((await run("show --help")).text, "Usage: bailout rules show");
});
