import { assertEquals } from "@std/assert";
import { rule } from "../testing/builders.ts";
import { podFailurePolicy } from "./pod_failure_policy.ts";
import type { Rule } from "./rule.ts";

/** `10 FailJob: a, b` for each code. */
function summary(rules: readonly Rule[]): string[] {
  return podFailurePolicy(rules).map(({ code, action, retryable, final }) =>
    `${code} ${action}: ${[...retryable, ...final].map(({ id }) => id).join(", ")}`
  );
}

Deno.test("podFailurePolicy() fails the Job for rules that aren't retryable or don't say", () => {
  const rules = [
    rule({ id: "a", category: "permission" }),
    rule({ id: "b", category: "config", retryable: false }),
    rule({ id: "c", category: "config" }),
  ];
  assertEquals(summary(rules), ["10 FailJob: b, c", "11 FailJob: a"]);
});

Deno.test("podFailurePolicy() counts retryable rules", () => {
  assertEquals(summary([rule({ id: "a", category: "quota", retryable: true })]), ["12 Count: a"]);
});

Deno.test("podFailurePolicy() takes the code that a rule names for its category's", () => {
  const rules = [rule({ id: "a", exitCode: 40 }), rule({ id: "b", retryable: true })];
  assertEquals(summary(rules), ["10 Count: b", "40 FailJob: a"]);
});

Deno.test("podFailurePolicy() counts a code that only some of its rules would retry", () => {
  const final = rule({ id: "final", category: "service" });
  const again = rule({ id: "again", exitCode: 13, retryable: true });
  assertEquals(podFailurePolicy([final, again]), [
    { code: 13, action: "Count", retryable: [again], final: [final] },
  ]);
});

Deno.test("podFailurePolicy() leaves out rules that don't end a run", () => {
  const rules = [rule({ action: "warn" }), rule({ action: "observe", retryable: true })];
  assertEquals(podFailurePolicy(rules), []);
  const shared = [rule({ id: "kills" }), rule({ id: "warns", action: "warn", retryable: true })];
  assertEquals(summary(shared), ["10 FailJob: kills"]);
});

Deno.test("podFailurePolicy() sorts by number, as Kubernetes asks of `values`", () => {
  const rules = [9, 100, 255, 10].map((exitCode) => rule({ id: `r${exitCode}`, exitCode }));
  assertEquals(podFailurePolicy(rules).map(({ code }) => code), [9, 10, 100, 255]);
});
