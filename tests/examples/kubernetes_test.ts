// What examples/kubernetes/job.yaml makes of real exit codes.
import { parse } from "@std/yaml";
import { assert, assertEquals } from "@std/assert";
import { CATEGORY_EXIT_CODES } from "../../src/core/exit_code.ts";
import { BINARY, e2e } from "../helpers/bailout.ts";
import { type Container, example, problemsOf, schemaTest } from "./example.ts";

interface PolicyRule {
  readonly action: string;
  readonly onExitCodes?: {
    readonly containerName?: string;
    readonly operator: string;
    readonly values: readonly number[];
  };
}

interface Job {
  readonly spec: {
    readonly podFailurePolicy: { readonly rules: readonly PolicyRule[] };
    readonly template: {
      readonly spec: { readonly restartPolicy: string; readonly containers: readonly Container[] };
    };
  };
}

const JOB = example<Job>("kubernetes/job.yaml");
const { podFailurePolicy: { rules: RULES }, template: { spec: POD } } = JOB.spec;
const CONTAINER = POD.containers[0]!;
const ENV = Object.fromEntries(
  CONTAINER.env.flatMap(({ name, value }) => value === undefined ? [] : [[name, value]]),
);

/** What the Job controller does: the first rule that the code meets, or Count. */
function actionAt(code: number): string {
  return RULES.find(({ onExitCodes }) => onExitCodes?.values.includes(code))?.action ?? "Count";
}

const LINES: [line: string, code: number, action: string][] = [
  ["InvalidArgument: 400 Machine type 'n2-standard-4' is not supported", 10, "FailJob"],
  ["PermissionDenied: 403 Permission 'aiplatform.customJobs.create' denied", 11, "FailJob"],
  ["ResourceExhausted: 429 Quota exceeded for aiplatform.googleapis.com", 12, "Count"],
  ["wandb: ERROR launch: Failed to initialize the agent", 16, "FailJob"],
];
for (const [line, code, action] of LINES) {
  e2e(`the Job of the example does ${action} after: ${line}`, async (stage) => {
    const script = 'echo "$0"; exec sleep 60';
    const outcome = await stage.run(["--interval", "0", "--", "sh", "-c", script, line], {
      env: ENV,
    });
    assertEquals([outcome.code, actionAt(outcome.code)], [code, action]);
  });
}

e2e("the Job of the example counts the agent's own failures", async (stage) => {
  const { code } = await stage.run(["--", "sh", "-c", "exit 1"], { env: ENV });
  assertEquals([code, actionAt(code)], [1, "Count"]);
});

e2e("the Job of the example has the policy that rules export writes", async (stage) => {
  const args = ["rules", "export", "pod-failure-policy", "--container", CONTAINER.name];
  const { stdout } = await stage.run(args);
  const { spec } = parse(stdout) as Job;
  const [disruption, ...rest] = RULES;
  assertEquals(disruption!.onExitCodes, undefined);
  assertEquals(rest, spec.podFailurePolicy.rules);
  assertEquals(POD.restartPolicy, spec.template.spec.restartPolicy);
});

Deno.test("the policy keeps what Kubernetes asks beyond its schema", () => {
  for (const { onExitCodes } of RULES) {
    if (onExitCodes === undefined) continue;
    assertEquals(onExitCodes.containerName, CONTAINER.name);
    const { values } = onExitCodes;
    assertEquals(values, [...new Set(values)].toSorted((a, b) => a - b));
    assert(values.every((code) => code >= 1 && code <= 255) && values.length <= 255);
  }
  assert(RULES.length <= 20);
});

Deno.test("the comments of the Job call each code by its category", async () => {
  const path = new URL("../../examples/kubernetes/job.yaml", import.meta.url);
  const comments = [...(await Deno.readTextFile(path)).matchAll(/- (\d+) # (\w+)/g)];
  assertEquals(
    Object.fromEntries(comments.map(([, code, category]) => [category, Number(code)])),
    CATEGORY_EXIT_CODES,
  );
});

schemaTest("what rules export writes, merged into a plain Job, is a Job", async () => {
  const args = ["rules", "export", "pod-failure-policy"];
  const { stdout } = await new Deno.Command(BINARY, { args }).output();
  const plain = structuredClone(JOB) as unknown as { spec: Record<string, unknown> };
  delete plain.spec.podFailurePolicy;
  assertEquals(await problemsOf("kubernetes", plain), []);
  const merged = mergePatch(plain, parse(new TextDecoder().decode(stdout)));
  assertEquals(await problemsOf("kubernetes", merged), []);
  assertEquals((merged as Job).spec.podFailurePolicy.rules.length, 2);
  assertEquals((merged as Job).spec.template.spec.containers, POD.containers);
});

/** JSON Merge Patch (RFC 7396) as `kubectl patch --type merge` does it, for patches without null. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) merged[key] = mergePatch(merged[key], value);
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
