import { optionRows, row } from "./help_layout.ts";
import { RULES_OPTIONS, type RulesAction, type RulesTopic } from "./rules_settings.ts";

/** `bailout rules --help`, or the help of one of its actions. */
export function rulesHelp(topic: RulesTopic): string {
  if (topic !== "rules") {
    return `${ACTIONS[topic]}\nOptions:\n${optionRows(RULES_OPTIONS[topic])}\n`;
  }
  return `Usage: bailout rules list|show ID|validate FILE...|schema|export TARGET

${row("list", "the rules that a run would have, in their order")}
${row("show ID", "everything on one rule: what it finds, examples, how to mend the error")}
${row("validate FILE...", "check rule files, and run the tests that are in them")}
${row("schema", "JSON Schema of rule files, for editors")}
${row("export TARGET", "what a platform is configured with: pod-failure-policy")}

Each has its own --help. How to write a rule file: docs/rules.md.
`;
}

const ACTIONS: Readonly<Record<RulesAction, string>> = {
  list: `Usage: bailout rules list [options]

Lists the rules that a run with these options would have, in list order: the first one met wins.
--format json prints a list of rules as rule files write them.
`,
  show: `Usage: bailout rules show [options] ID

Prints everything on one rule: what it finds and what it leaves alone, when it is met, examples that
it matches and doesn't match, and how to mend the error.
`,
  validate: `Usage: bailout rules validate [options] FILE...

Checks rule files as a run with --rules FILE would, and runs the tests in them with the real engine.
Exit code 0 if all is well, 1 if a test fails, 2 if a file is malformed.
`,
  schema: `Usage: bailout rules schema

Prints the JSON Schema (draft 2020-12) of rule files. Editors complete a file that names it:
bailout rules schema > bailout-rules.json, and in the file "$schema": "./bailout-rules.json".
`,
  export: `Usage: bailout rules export pod-failure-policy [options]

Prints the part of a Kubernetes Job that tells it what to do at the exit codes of a run with these
options and --exit-codes category: the Job fails at once for a rule that isn't retryable, and counts
the failure towards its backoffLimit for one that is. It is YAML, to be merged into the Job:
kubectl patch --local -f job.yaml --type merge --patch-file policy.yaml -o yaml
`,
};
