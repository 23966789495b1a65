import type { RulesRequest } from "./cli/rules_settings.ts";
import { rulesHelp } from "./cli/rules_help.ts";
import { UsageError } from "./cli/usage_error.ts";
import type { FileRule } from "./cli/rule_file.ts";
import { tryExamples } from "./core/check/rule_examples.ts";
import { podFailurePolicy } from "./core/pod_failure_policy.ts";
import { Outlet } from "./host/outlet.ts";
import type { ToolHost } from "./host/tool_host.ts";
import { type LoadedRules, loadRules, loadRulesAndFiles, unknownRule } from "./load_rules.ts";
import { COLORED, type Paint, PLAIN } from "./render/paint.ts";
import { rulePage, rulePageJson } from "./render/rule_page.ts";
import { ruleListJson, ruleTable } from "./render/rule_table.ts";
import { type Validated, validationText } from "./render/validation.ts";

/** A test of a rule file doesn't hold. */
const EXIT_TEST_FAILED = 1;

/**
 * `bailout rules`: its exit code.
 * @throws {UsageError} for a bad rule file or an unknown rule.
 */
export async function rulesCommand(request: RulesRequest, host: ToolHost): Promise<number> {
  const paint = host.colorful ? COLORED : PLAIN;
  const { text, code = 0 } = await answer(request, paint);
  await new Outlet(host.stdout, () => {}).say(text);
  return code;
}

async function answer(
  request: RulesRequest,
  paint: Paint,
): Promise<{ text: string; code?: number }> {
  switch (request.action) {
    case "help":
      return { text: rulesHelp(request.topic) };
    case "list": {
      const rules = await loadRules(request.choice);
      return { text: request.format === "json" ? ruleListJson(rules) : ruleTable(rules) };
    }
    case "show": {
      const rules = await loadRules(request.choice);
      const rule = rules.find(({ id }) => id === request.id);
      if (rule === undefined) throw unknownRule("rules show: there is no rule", request.id, rules);
      return { text: request.format === "json" ? rulePageJson(rule) : rulePage(rule, paint) };
    }
    case "validate": {
      const loaded = await loadRulesAndFiles(request.choice);
      const rules = loaded.fromFiles.map((file) =>
        validate(file, loaded, request.choice.bufferLines)
      );
      const good = rules.every(({ results }) => results.every(({ passed }) => passed));
      return { text: validationText(rules, paint), code: good ? 0 : EXIT_TEST_FAILED };
    }
    case "schema": {
      const { ruleFileSchema } = await import("./cli/rule_json_schema.ts");
      return { text: JSON.stringify(ruleFileSchema(), undefined, 2) + "\n" };
    }
    case "export": {
      const codes = podFailurePolicy(await loadRules(request.choice));
      if (codes.length === 0) {
        throw new UsageError(
          `rules export ${request.target}: there is no rule that ends a run`,
          "name rules with --rules, or another --profile",
        );
      }
      const { podFailurePolicyYaml } = await import("./render/pod_failure_policy.ts");
      return { text: podFailurePolicyYaml(codes, request.container) };
    }
  }
}

/** Only the file's own tests count: those of a built-in rule hold for the rule as it was. */
function validate(file: FileRule, { rules }: LoadedRules, bufferLines: number): Validated {
  const { id, tests = {} } = file.patch;
  const rule = rules.find((rule) => rule.id === id)!;
  return {
    id,
    results: tryExamples({ ...rule, tests }, { rules, bufferLines }),
    where: ({ kind, index }) => file.where(["tests", kind, index]),
  };
}
