import { assertEquals } from "@std/assert";
import { finding, rule } from "../testing/builders.ts";
import * as codes from "./exit_code.ts";
import { CATEGORIES } from "./rule.ts";
import type { Verdict } from "./verdict.ts";

const { exitCode } = codes;
const NOT_FOUND = { kind: "not-found", detail: "not found" } as const;
const NO_ROOM = { kind: "no-room", detail: "too many open files" } as const;
const NOT_EXECUTABLE = { kind: "not-executable", detail: "permission denied" } as const;

Deno.test("exitCode() of a child that ended by itself is the child's own, all 256 of them", () => {
  for (let code = 0; code <= 255; code++) {
    const verdict: Verdict = { cause: "exit", child: { code, signal: undefined } };
    assertEquals([exitCode(verdict, "uniform"), exitCode(verdict, "category")], [code, code]);
  }
});

const CASES: [name: string, verdict: Verdict, code: number][] = [
  [
    "a child that a signal of its own ended",
    { cause: "exit", child: { code: 139, signal: "SIGSEGV" } },
    139,
  ],
  [
    "a child that a forwarded signal ended",
    { cause: "signal", signal: "SIGTERM", child: { code: 143, signal: "SIGTERM" } },
    143,
  ],
  [
    "a child that handled a forwarded signal",
    { cause: "signal", signal: "SIGINT", child: { code: 7, signal: undefined } },
    7,
  ],
  [
    "a child that is still there after SIGKILL",
    { cause: "signal", signal: "SIGTERM", child: undefined },
    137,
  ],
  ["a command that isn't found", { cause: "spawn-failure", failure: NOT_FOUND }, 127],
  ["a process for which there is no room", { cause: "spawn-failure", failure: NO_ROOM }, 125],
  ["a command that can't be executed", { cause: "spawn-failure", failure: NOT_EXECUTABLE }, 126],
];
for (const [name, verdict, code] of CASES) {
  Deno.test(`exitCode() of ${name} is ${code} in both modes`, () => {
    assertEquals([exitCode(verdict, "uniform"), exitCode(verdict, "category")], [code, code]);
  });
}

const CATEGORY_CODES: [category: typeof CATEGORIES[number], code: number][] = [
  ["config", 10],
  ["permission", 11],
  ["quota", 12],
  ["service", 13],
  ["failures", 14],
  ["exception", 15],
  ["agent", 16],
  ["image", 17],
];
for (const [category, code] of CATEGORY_CODES) {
  Deno.test(`exitCode() of a ${category} error is 1, or ${code} by category`, () => {
    const found = finding(["boom"], { rule: rule({ category }) });
    const verdict: Verdict = { cause: "finding", finding: found };
    assertEquals([exitCode(verdict, "uniform"), exitCode(verdict, "category")], [1, code]);
  });
}

Deno.test("every category has an exit code", () => {
  assertEquals(CATEGORY_CODES.map(([category]) => category), [...CATEGORIES]);
});

Deno.test("exitCode() of a rule with a code of its own is that code, by category only", () => {
  const found = finding(["boom"], { rule: rule({ exitCode: 42 }) });
  const verdict: Verdict = { cause: "finding", finding: found };
  assertEquals([exitCode(verdict, "uniform"), exitCode(verdict, "category")], [1, 42]);
});

Deno.test("a finding's exit code doesn't depend on how the child ended", () => {
  for (
    const child of [undefined, { code: 0, signal: undefined }, { code: 137, signal: "SIGKILL" }]
  ) {
    assertEquals(exitCode({ cause: "finding", finding: finding(), child }, "category"), 10);
  }
});

Deno.test("usage errors are 2 and faults of bailout itself 125", () => {
  assertEquals([codes.EXIT_USAGE, codes.EXIT_INTERNAL], [2, 125]);
});
