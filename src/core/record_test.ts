import { assertEquals } from "@std/assert";
import { finding, lines, record, rule } from "../testing/builders.ts";
import { rfc3339 } from "./record.ts";
import type { Verdict } from "./verdict.ts";

const [BEFORE, FIRST, BETWEEN, LAST] = lines(["before", "boom 1", "between", "boom 2"]).map(
  (line, index) => ({ ...line, at: index * 10 }),
);
const FOUND = finding(["x"], {
  rule: rule({ retryable: false }),
  metAt: 10,
  matches: 2,
  firstMatch: FIRST!,
  lastMatch: LAST!,
  context: {
    lines: [BEFORE!, FIRST!, BETWEEN!, LAST!],
    omitted: { count: 7, before: 2 },
    matchIndex: 0,
  },
});

Deno.test("runRecord() of a bail-out has every field", () => {
  const verdict: Verdict = {
    cause: "finding",
    finding: FOUND,
    child: { code: 137, signal: "SIGKILL" },
  };
  const history = {
    detectedAt: 200,
    stops: [{ signal: "SIGTERM", at: 200 }, { signal: "SIGKILL", at: 1200 }],
  } as const;
  assertEquals(record(verdict, { command: ["sh", "-c", "x"], exitCode: 10, history }), {
    version: 1,
    cause: "finding",
    rule: "boom",
    category: "config",
    headline: "Boom!",
    reason: "it went boom",
    retryable: false,
    exitCode: 10,
    exitCodeFrom: "rule",
    command: ["sh", "-c", "x"],
    pid: 4242,
    startedAt: "2026-11-28T00:00:00.000Z",
    detectedAt: "2026-11-28T00:00:00.200Z",
    endedAt: "2026-11-28T00:00:01.500Z",
    durationMs: 1500,
    detectionDelayMs: 190,
    firstMatch: { line: 2, stream: "stderr", text: "boom 1", at: "2026-11-28T00:00:00.010Z" },
    lastMatch: { line: 4, stream: "stderr", text: "boom 2", at: "2026-11-28T00:00:00.030Z" },
    matches: 2,
    context: ["before", "boom 1", "… 7 lines left out …", "between", "boom 2"],
    stop: [
      { signal: "SIGTERM", at: "2026-11-28T00:00:00.200Z" },
      { signal: "SIGKILL", at: "2026-11-28T00:00:01.200Z" },
    ],
    child: { code: 137, signal: "SIGKILL" },
  });
});

const NO_FINDING = {
  rule: null,
  category: null,
  headline: null,
  reason: null,
  retryable: null,
  detectedAt: null,
  detectionDelayMs: null,
  firstMatch: null,
  lastMatch: null,
  matches: null,
  context: [],
};

Deno.test("runRecord() of a child's own exit has nothing of a finding, also after a dry run's", () => {
  const verdict: Verdict = { cause: "exit", child: { code: 3, signal: undefined } };
  const own = record(verdict, { history: { detectedAt: 99, stops: [] } });
  assertEquals(own, {
    ...own,
    ...NO_FINDING,
    cause: "exit",
    exitCode: 3,
    exitCodeFrom: "child",
    stop: [],
    child: { code: 3, signal: null },
  });
});

Deno.test("runRecord() of a stop by signal says whose the exit code is", () => {
  const child = { code: 143, signal: "SIGTERM" };
  const stopped = record({ cause: "signal", signal: "SIGTERM", child });
  assertEquals([stopped.cause, stopped.exitCodeFrom, stopped.child], ["signal", "child", child]);
  const unkillable = record({ cause: "signal", signal: "SIGTERM" });
  assertEquals([unkillable.exitCode, unkillable.exitCodeFrom, unkillable.child], [
    137,
    "bailout",
    null,
  ]);
});

Deno.test("runRecord() of a command that can't be started has no pid and no child", () => {
  const failure = { kind: "not-found", detail: "not found" } as const;
  const own = record({ cause: "spawn-failure", failure }, { pid: undefined });
  assertEquals(own, {
    ...own,
    ...NO_FINDING,
    cause: "spawn_failure",
    exitCode: 127,
    exitCodeFrom: "bailout",
    pid: null,
    child: null,
  });
});

Deno.test("runRecord() shortens long lines around the match", () => {
  const long = "x".repeat(5000) + "boom" + "y".repeat(5000);
  const { context, ...rest } = finding([long]);
  const own = record({
    cause: "finding",
    finding: { ...rest, context: { ...context, matchIndex: 5000 } },
  });
  for (const text of [own.context[0]!, own.lastMatch!.text]) {
    assertEquals([text.includes("xboomy"), text.length < 1050], [true, true]);
  }
});

Deno.test("rfc3339() is UTC with milliseconds", () => {
  assertEquals(rfc3339(0), "1970-01-01T00:00:00.000Z");
  assertEquals(rfc3339(1_714_564_803_250.9), "2024-05-01T12:00:03.250Z");
});
