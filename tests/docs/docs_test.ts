// What the pages say is held against the code, so that they can't rot.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CHECK_OPTIONS } from "../../src/cli/check_settings.ts";
import { OPTIONS } from "../../src/cli/options.ts";
import { RULES_OPTIONS } from "../../src/cli/rules_settings.ts";
import { parseRuleFile } from "../../src/cli/rule_file.ts";
import { CATEGORY_EXIT_CODES } from "../../src/core/exit_code.ts";
import { podFailurePolicy } from "../../src/core/pod_failure_policy.ts";
import { addRule, builtInRules } from "../../src/core/rule_set.ts";
import type { Rule } from "../../src/core/rule.ts";

const ROOT = new URL("../../", import.meta.url);
const PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
for (const { name } of Deno.readDirSync(new URL("docs", ROOT))) {
  if (name.endsWith(".md")) PAGES.push(`docs/${name}`);
}

function page(name: string): string {
  return Deno.readTextFileSync(new URL(name, ROOT));
}

/** The cells of a page's table rows, unescaped. */
function rows(name: string): string[][] {
  return page(name).split("\n").filter((line) => line.startsWith("| "))
    .map((line) =>
      line.split(/(?<!\\)\|/).slice(1, -1).map((cell) =>
        cell.trim().replaceAll("`", "").replaceAll("\\|", "|")
      )
    );
}

function patternText({ matcher }: Rule): string {
  switch (matcher.kind) {
    case "pattern":
      return matcher.pattern;
    case "sequence":
      return `${
        matcher.first.replaceAll("\\", "")
      }, then within ${matcher.within} lines ${matcher.then}`;
    default:
      return "";
  }
}

Deno.test("every relative link of every page leads to a file", () => {
  for (const name of PAGES) {
    for (const [, target] of page(name).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      const path = new URL(target!, new URL(name, ROOT));
      assert(Deno.statSync(path).isFile, `${name} links to ${target}`);
    }
  }
});

Deno.test("every --option that a page names exists", () => {
  const elsewhere = [
    "--max-retries",
    "--image",
    "--from",
    "--restart",
    "--pdeathsig",
    "--version",
    "--help",
    "--",
  ];
  const ours = [...OPTIONS, ...CHECK_OPTIONS, ...Object.values(RULES_OPTIONS).flat()];
  const known = [...ours.map(({ name }) => `--${name}`), ...elsewhere];
  for (const name of PAGES) {
    // tests/examples tries scripts and YAML; most options in them are other programs'.
    const prose = page(name).replace(/^```(?:sh|yaml)$[^]*?^```$/gm, "");
    for (const [option] of prose.matchAll(/--[a-z][a-z-]*/g)) {
      assert(known.includes(option), `${name} names ${option}`);
    }
  }
});

Deno.test("the table of docs/rules.md is the classic profile", () => {
  const table = rows("docs/rules.md").filter(([number]) => /^\d+$/.test(number!));
  const rules = builtInRules("classic").map((rule, index) => [
    String(index + 1),
    rule.id,
    rule.category,
    patternText(rule),
    String(rule.window),
    String(rule.threshold),
  ]);
  assertEquals(table, rules);
});

Deno.test("the rule file of docs/rules.md is accepted and does what it says", () => {
  const [, example] = /```jsonc\n([^]*?)```/.exec(page("docs/rules.md")) ?? [];
  const rules = parseRuleFile(example!, "docs/rules.md")
    .reduce((all, { patch }) => addRule(all, patch), builtInRules("default"));
  assertEquals(rules.find((rule) => rule.id === "quota")?.threshold, 3);
  assertEquals(rules.at(-1)?.exitCode, 40);
});

Deno.test("the table of docs/exit-codes.md has every category with its rules", () => {
  const table = rows("docs/exit-codes.md").filter(([code]) => /^1\d$/.test(code!));
  const expected = Object.entries(CATEGORY_EXIT_CODES).map(([category, code]) => [
    String(code),
    category,
    builtInRules("default").filter((rule) => rule.category === category).map(({ id }) => id)
      .join(", "),
  ]);
  assertEquals(table, expected);
});

Deno.test("the codes that pages call worth another try are those of retryable rules", () => {
  const counted = podFailurePolicy(builtInRules("default"))
    .filter(({ action }) => action === "Count").map(({ code }) => code);
  assertEquals(counted, [12, 13]);
  assertStringIncludes(page("docs/exit-codes.md"), "12, and 13 where `service-error` fired");
  assertStringIncludes(page("examples/github-actions.yml"), "12 (quota) and 13 (service)");
});

Deno.test("docs/dependencies.md justifies every import of deno.json, in its version", () => {
  const manifest = JSON.parse(page("deno.json")) as { imports: Record<string, string> };
  const text = page("docs/dependencies.md");
  for (const [name, target] of Object.entries(manifest.imports)) {
    const [, version] = /@(\d[^/]*)/.exec(target)!;
    assertStringIncludes(text, `\`${name.split("/").slice(0, 2).join("/")}\``);
    assertStringIncludes(text, version!);
  }
});

Deno.test("the README's first screen has a run, in words too, and the lines to paste", () => {
  const folded = page("README.md").replace(/<details>[^]*?<\/details>\n\n/g, "");
  const screen = folded.split("\n").slice(0, 30).join("\n");
  const [, alt] = /!\[([^\]]*)\]\(docs\/bail-out\.svg\)/.exec(screen)!;
  assertStringIncludes(alt!, "FATAL ERROR DETECTED");
  assertStringIncludes(alt!, "exits with code 1");
  assertStringIncludes(screen, "ENTRYPOINT [");
});
