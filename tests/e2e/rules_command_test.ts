import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "@std/yaml";
import { e2e, type Outcome, type Stage } from "../helpers/bailout.ts";

const MINE = `{ // ours
  "rules": [
    {
      "id": "disk-full",
      "category": "config",
      "title": "Disk full!",
      "reason": "no space",
      "pattern": "No space left",
      "threshold": 2,
      "within": "60s",
      "tests": {
        "match": ["No space left\\nNo space left"],
        "noMatch": [
          "No space left",
          "2024-05-01 12:00:00 No space left\\n2024-05-01 12:01:01 No space left",
        ],
      },
    },
    { "id": "quota", "threshold": 3 },
  ],
}`;

/** Runs bailout in a folder that has `text` as rules.jsonc. */
async function withRules(
  stage: Stage,
  text: string,
  args: readonly string[],
): Promise<Outcome> {
  const cwd = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${cwd}/rules.jsonc`, text);
    return await stage.run(args, { cwd });
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}

e2e("rules list has a line for each built-in rule, in their order", async (stage) => {
  const { code, stdout, stderr } = await stage.run(["rules", "list"]);
  assertEquals([code, stderr], [0, ""]);
  const lines = stdout.trimEnd().split("\n");
  assertEquals(lines.length, 12);
  assertMatch(lines[0]!, /^ID +CATEGORY +WINDOW +THRESHOLD +CODE +ACTION +RECOGNISES$/);
  assertMatch(lines[1]!, /^machine-type +config +100 +1 +10 +kill /);
  assertMatch(lines[11]!, /^image-pull +image +100 +1 +17 +kill /);
  const classic = await stage.run(["rules", "list", "--profile", "classic"]);
  assertStringIncludes(classic.stdout, "ServiceUnavailable|503|Internal.*[Ee]rror|500");
  const none = await stage.run(["rules", "list", "--profile", "none"]);
  assertEquals(none.stdout.trimEnd().split("\n").length, 1);
});

e2e("rules list --format json merges files, and variables count", async (stage) => {
  const args = ["rules", "list", "--format", "json", "--rules", "rules.jsonc"];
  const rules = JSON.parse((await withRules(stage, MINE, args)).stdout);
  assertEquals(rules.length, 12);
  assertEquals(rules[4].threshold, 3);
  assertEquals([rules[11].id, rules[11].within, rules[11].exitCode], ["disk-full", "60s", 10]);
  const env = { BAILOUT_PROFILE: "classic", BAILOUT_DISABLE: "quota,not-found" };
  const classic = JSON.parse((await stage.run(["rules", "list", "--format=json"], { env })).stdout);
  assertEquals(classic.length, 9);
});

e2e("rules show says everything on a rule, also how to mend the error", async (stage) => {
  const { code, stdout } = await stage.run(["rules", "show", "quota"]);
  assertEquals(code, 0);
  for (const part of ["quota: Quota exceeded!", "How to mend it:", "Lines that it matches:"]) {
    assertStringIncludes(stdout, part);
  }
  const json = JSON.parse((await stage.run(["rules", "show", "quota", "--format=json"])).stdout);
  assertEquals([json.id, json.category, json.exitCode], ["quota", "quota", 12]);
  const slip = await stage.run(["rules", "show", "qota"]);
  assertEquals(slip.code, 2);
  assertEquals(
    slip.stderr,
    'bailout: rules show: there is no rule "qota" (did you mean quota?)\n' +
      "Try 'bailout rules --help'.\n",
  );
});

e2e("what rules show prints of a rule of a file can stand in a file again", async (stage) => {
  const args = ["--format=json", "--rules=rules.jsonc"];
  const shown = await withRules(stage, MINE, ["rules", "show", "disk-full", ...args]);
  const again = await withRules(stage, `{"rules": [${shown.stdout}]}`, [
    "rules",
    "validate",
    "rules.jsonc",
  ]);
  assertEquals([again.code, again.stderr], [0, ""]);
});

e2e("rules validate runs the tests of a file: 0 where they hold", async (stage) => {
  const { code, stdout, stderr } = await withRules(stage, MINE, [
    "rules",
    "validate",
    "rules.jsonc",
  ]);
  assertEquals([code, stderr], [0, ""]);
  assertEquals(
    stdout,
    "✓ disk-full  1 of 1 matched, 2 of 2 left alone\n" +
      "- quota      has no tests\n" +
      "✓ 2 rules, 3 tests: all is well\n",
  );
});

e2e("rules validate is 1 for a test that fails, and names its line", async (stage) => {
  const text = MINE.replace('"match": [', '"match": ["all is fine",');
  const { code, stdout } = await withRules(stage, text, ["rules", "validate", "rules.jsonc"]);
  assertEquals(code, 1);
  assertStringIncludes(stdout, "✗ disk-full  1 of 2 matched, 2 of 2 left alone\n");
  assertStringIncludes(stdout, "  rules.jsonc:12: tests.match[0] doesn't meet the rule\n");
});

e2e("rules validate is 2 for a malformed file, with file, line, rule and field", async (stage) => {
  const text = MINE.replace('"pattern": "No', '"patern": "No');
  const { code, stdout, stderr } = await withRules(stage, text, [
    "rules",
    "validate",
    "rules.jsonc",
  ]);
  assertEquals([code, stdout], [2, ""]);
  assertEquals(
    stderr,
    'bailout: rules.jsonc:8: rule "disk-full": field "patern" is not a known field ' +
      "(did you mean pattern?)\nTry 'bailout rules --help'.\n",
  );
});

e2e("rules validate needs a ring buffer that the windows fit into", async (stage) => {
  const text = MINE.replace('"threshold": 2', '"window": 200');
  const args = ["rules", "validate", "rules.jsonc"];
  const small = await withRules(stage, text, args);
  assertEquals(small.code, 2);
  assertStringIncludes(small.stderr, 'rules.jsonc:9: rule "disk-full": field "window" must be');
  const large = await withRules(stage, text, [...args, "--buffer-lines", "200"]);
  assert(large.code !== 2);
});

e2e("rules schema is a JSON Schema of draft 2020-12", async (stage) => {
  const { code, stdout } = await stage.run(["rules", "schema"]);
  assertEquals(code, 0);
  const schema = JSON.parse(stdout);
  assertEquals(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  const rule = schema.properties.rules.items;
  assertEquals(rule.additionalProperties, false);
  assertStringIncludes(rule.properties.pattern.description, "regular expression");
});

e2e("rules and each of its actions have help", async (stage) => {
  for (const action of ["", "list", "show", "validate", "schema"]) {
    const args = ["rules", ...(action === "" ? [] : [action]), "--help"];
    const { code, stdout, stderr } = await stage.run(args);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, `Usage: bailout rules ${action === "" ? "list|" : action}`);
  }
  assertEquals((await stage.run(["rules"])).code, 2);
});

e2e("a command called rules is reached with --", async (stage) => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/rules`, '#!/bin/sh\necho "mine: $*"\nexit 7\n', {
      mode: 0o755,
    });
    const env = { PATH: `${folder}:${Deno.env.get("PATH")}` };
    const { code, stdout } = await stage.run(["--", "rules", "list"], { env });
    assertEquals([code, stdout], [7, "mine: list\n"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

e2e("a rule with a time, facts or JSON works in a run as in its tests", async (stage) => {
  const cwd = await Deno.makeTempDir();
  try {
    const common = '"category": "config", "reason": "r"';
    await Deno.writeTextFile(
      `${cwd}/rules.jsonc`,
      `{"rules": [
        {"id": "conflict", "title": "Conflict!", ${common}, "facts": {"status": "ABORTED"}},
        {"id": "json-fatal", "title": "Fatal!", ${common}, "json": {"error.kind": ["a", "b"]}}
      ]}`,
    );
    const found = async (line: string) => {
      const args = ["--interval=0", "--rules=rules.jsonc", "--profile=none", "--"];
      const { code, stderr } = await stage.run([...args, "sh", "-c", 'echo "$0"; exit 9', line], {
        cwd,
      });
      return [code, /DETECTED: (.*)/.exec(stderr)?.[1]];
    };
    assertEquals(await found("rpc error: code = Aborted desc = conflict"), [1, "Conflict!"]);
    assertEquals(await found('{"error": {"kind": "b"}}'), [1, "Fatal!"]);
    assertEquals(await found('{"error": {"kind": "c"}}'), [9, undefined]);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

e2e(
  "rules export pod-failure-policy is YAML of the rules, the files and the variables",
  async (stage) => {
    const text = '{"rules": [{"id": "quota", "retryable": false, "exitCode": 41}]}';
    const args = ["rules", "export", "pod-failure-policy", "--rules", "rules.jsonc"];
    const { code, stdout, stderr } = await withRules(stage, text, args);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "#    41  quota\n");
    const onExitCodes = (values: number[]) => ({ operator: "In", values });
    assertEquals(parse(stdout), {
      spec: {
        podFailurePolicy: {
          rules: [
            { action: "FailJob", onExitCodes: onExitCodes([10, 11, 14, 15, 16, 17, 41]) },
            { action: "Count", onExitCodes: onExitCodes([13]) },
          ],
        },
        template: { spec: { restartPolicy: "Never" } },
      },
    });
    const none = await stage.run(["rules", "export", "pod-failure-policy"], {
      env: { BAILOUT_PROFILE: "none" },
    });
    assertEquals([none.code, none.stdout], [2, ""]);
    assertStringIncludes(none.stderr, "there is no rule that ends a run (name rules with --rules");
  },
);
