import { stringify } from "@std/yaml";
import type { PolicyAction, PolicyCode } from "../core/pod_failure_policy.ts";
import type { Rule } from "../core/rule.ts";

const HEADER =
  `# Written by \`bailout rules export pod-failure-policy\`, to be merged into a Job whose container runs
# bailout with --exit-codes category.
`;

const MEANING: Readonly<Record<PolicyAction, string>> = {
  FailJob: "FailJob: no retry can cure these, the Job fails at once.",
  Count: "Count: these may be over later, the Job tries again up to its backoffLimit.",
};

/**
 * A Job's `podFailurePolicy` as YAML, in place under `spec` and with the `restartPolicy` that it
 * needs, ready to be merged into the Job. `container` is the one that bailout runs in; the policy
 * holds for all of the pod where it is left out.
 */
export function podFailurePolicyYaml(
  codes: readonly PolicyCode[],
  container: string | undefined,
): string {
  const actions = (["FailJob", "Count"] as const)
    .map((action) => ({ action, codes: codes.filter((code) => code.action === action) }))
    .filter(({ codes }) => codes.length > 0);
  const job = {
    spec: {
      podFailurePolicy: {
        rules: actions.map(({ action, codes }) => ({
          action,
          onExitCodes: {
            ...(container === undefined ? {} : { containerName: container }),
            operator: "In",
            values: codes.map(({ code }) => code),
          },
        })),
      },
      // A Job takes a podFailurePolicy with no other.
      template: { spec: { restartPolicy: "Never" } },
    },
  };
  const comments = actions.map(({ action, codes }) =>
    ["", MEANING[action], ...codes.flatMap(legend)].map((line) => `# ${line}`.trimEnd()).join("\n")
  );
  return HEADER + comments.join("\n") + "\n" + stringify(job);
}

/** Which rules a code is of; where it is shared, why it is counted. */
function legend({ code, retryable, final }: PolicyCode): string[] {
  const line = `  ${String(code).padStart(3)}  `;
  if (retryable.length === 0) {
    const note = isCommon(code)
      ? ["       (many programs exit with it for reasons of their own)"]
      : [];
    return [line + ids(final), ...note];
  }
  if (final.length === 0) return [line + ids(retryable)];
  return [
    `${line}${ids(retryable)}; and, although no retry can cure it, ${ids(final)}:`,
    `       an exitCode of its own in a rule file makes the Job fail at once for it`,
  ];
}

/** Whether failures without a rule commonly end with this code: the shell's and signals' numbers. */
function isCommon(code: number): boolean {
  return code <= 2 || code >= 125;
}

function ids(rules: readonly Rule[]): string {
  return rules.map(({ id }) => id).join(", ");
}
