import { assertEquals } from "@std/assert";
import { normalize } from "./normalize.ts";

const CASES: [line: string, text: string, level?: string][] = [
  ["PermissionDenied: 403 x", "PermissionDenied: 403 x"],
  ["wandb: ERROR launch: Error running job: 403", "Error running job: 403", "error"],
  ["wandb: launch: agent polling", "agent polling"],
  ["wandb: WARNING slow", "slow", "warning"],
  ["2025-11-16 12:04:11,031 ERROR submit failed", "submit failed", "error"],
  ["2025-11-16T12:04:11.031Z failed", "failed"],
  ["[2025-11-16 12:04:11] failed", "failed"],
  ["2025-11-16 12:04:11,031 - launcher - ERROR - failed", "failed", "error"],
  ["ERROR:root:failed", "failed", "error"],
  ["INFO:httpx:HTTP Request", "HTTP Request", "info"],
  ["[WARNING] careful", "careful", "warning"],
  ["[info     ] fine", "fine", "info"],
  [
    "E1124 10:00:00.123456   12345 pod_workers.go:1301] Error syncing pod",
    "Error syncing pod",
    "error",
  ],
  ["W tensorflow/core/x.cc:405] slow", "slow", "warning"],
  ["Nov 24 10:00:00 node1 kubelet[812]: failed", "failed"],
  ["[pod/trainer-0/main] failed", "failed"],
  ["agent-1  | failed", "failed"],
  ['time="2025-11-16T12:04:11Z" level=error msg="failed"', '"failed"', "error"],
  ["2026-11-25 00:06:17.721 | DEBUG    | __main__:run:160 - first choice", "first choice", "debug"],
  ["error: failed", "failed", "error"],
  ["", ""],
];

for (const [line, text, level] of CASES) {
  Deno.test(`normalize() of ${JSON.stringify(line)}`, () => {
    const found = normalize(line);
    assertEquals([found.text, found.level], [text, level as typeof found.level]);
  });
}

Deno.test("normalize() knows who speaks", () => {
  assertEquals(normalize("wandb: hello").wandb, true);
  assertEquals(normalize("hello wandb: x").wandb, false);
});
