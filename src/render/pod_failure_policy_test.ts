import { assertEquals } from "@std/assert";
import { parse } from "@std/yaml";
import { podFailurePolicy } from "../core/pod_failure_policy.ts";
import type { Rule } from "../core/rule.ts";
import { rule } from "../testing/builders.ts";
import { podFailurePolicyYaml } from "./pod_failure_policy.ts";

const FINAL = rule({ id: "final", category: "service" });
const AGAIN = rule({ id: "again", category: "service", retryable: true });

function yaml(rules: readonly Rule[], container?: string): string {
  return podFailurePolicyYaml(podFailurePolicy(rules), container);
}

Deno.test("podFailurePolicyYaml() is a part of a Job, in place under spec", () => {
  const rules = [rule(), rule({ id: "quota", category: "quota", retryable: true }), FINAL];
  assertEquals(parse(yaml(rules, "main")), {
    spec: {
      podFailurePolicy: {
        rules: [
          {
            action: "FailJob",
            onExitCodes: { containerName: "main", operator: "In", values: [10, 13] },
          },
          { action: "Count", onExitCodes: { containerName: "main", operator: "In", values: [12] } },
        ],
      },
      template: { spec: { restartPolicy: "Never" } },
    },
  });
});

Deno.test("podFailurePolicyYaml() names no container and no action that it needn't", () => {
  assertEquals(parse(yaml([AGAIN])), {
    spec: {
      podFailurePolicy: {
        rules: [{ action: "Count", onExitCodes: { operator: "In", values: [13] } }],
      },
      template: { spec: { restartPolicy: "Never" } },
    },
  });
});

Deno.test("podFailurePolicyYaml() says which rules a code is of, and what is shared", () => {
  assertEquals(
    yaml([rule(), FINAL, AGAIN]),
    `# Written by \`bailout rules export pod-failure-policy\`, to be merged into a Job whose container runs
# bailout with --exit-codes category.
#
# FailJob: no retry can cure these, the Job fails at once.
#    10  boom
#
# Count: these may be over later, the Job tries again up to its backoffLimit.
#    13  again; and, although no retry can cure it, final:
#        an exitCode of its own in a rule file makes the Job fail at once for it
spec:
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes:
          operator: In
          values:
            - 10
      - action: Count
        onExitCodes:
          operator: In
          values:
            - 13
  template:
    spec:
      restartPolicy: Never
`,
  );
});

Deno.test("podFailurePolicyYaml() warns of a code that fails the Job for any failure", () => {
  const note = "(many programs exit with it for reasons of their own)";
  for (
    const [exitCode, common] of [[1, true], [2, true], [3, false], [124, false], [
      137,
      true,
    ]] as const
  ) {
    const text = yaml([rule({ exitCode })]);
    assertEquals(text.includes(note), common, String(exitCode));
  }
  assertEquals(yaml([rule({ exitCode: 1, retryable: true })]).includes(note), false);
});
