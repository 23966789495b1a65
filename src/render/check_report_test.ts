import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Sighting } from "../core/check/sighting.ts";
import { finding, rule } from "../testing/builders.ts";
import { checkJson } from "./check_json.ts";
import { lineName, logVerdictText, sightingText } from "./check_report.ts";
import { PLAIN } from "./paint.ts";

function sighting(fields: Partial<Sighting> = {}): Sighting {
  return {
    finding: finding(["before", "it went boom"]),
    line: 10,
    firstLine: 10,
    contextLines: [9, 10],
    detectedLine: 12,
    detectedAt: undefined,
    firstMatchAt: undefined,
    lastMatchAt: undefined,
    afterMs: undefined,
    times: 1,
    matches: 1,
    ...fields,
  };
}

const TIMED = {
  detectedAt: "2024-05-01T12:00:03.000Z",
  firstMatchAt: "2024-05-01T12:00:01.000Z",
  lastMatchAt: "2024-05-01T12:00:03.000Z",
  afterMs: 12_300,
};

Deno.test("sightingText() has the headline, the numbered lines that led there, and the reason", () => {
  assertEquals(
    sightingText(sighting(), lineName("a.log", false), PLAIN),
    `🚨 line 10: Boom! (rule boom)
   9 │ before
→ 10 │ it went boom
  it went boom

`,
  );
});

Deno.test("sightingText() has the log's time, advice, a link and the file among several", () => {
  const mended = finding(["boom"], { rule: rule({ advice: "Mend it.", docs: "https://x.org" }) });
  const text = sightingText(
    sighting({ finding: mended, contextLines: [10], ...TIMED }),
    lineName("a.log", true),
    PLAIN,
  );
  assertStringIncludes(text, "🚨 a.log:10: Boom! (rule boom, 2024-05-01T12:00:03.000Z)\n");
  assertStringIncludes(text, "  it went boom\n  Mend it.\n  https://x.org\n");
});

Deno.test("sightingText() tells rules that only warn or observe from those that kill", () => {
  const sign = (action: "warn" | "observe") =>
    sightingText(
      sighting({ finding: finding(["boom"], { rule: rule({ action }) }), contextLines: [10] }),
      lineName("a.log", false),
      PLAIN,
    ).split(" ")[0];
  assertEquals([sign("warn"), sign("observe")], ["⚠️", "•"]);
});

Deno.test("sightingText() says where lines of a long traceback are left out", () => {
  const context = { ...sighting().finding.context, omitted: { count: 40, before: 1 } };
  const text = sightingText(
    sighting({ finding: { ...sighting().finding, context } }),
    lineName("a.log", false),
    PLAIN,
  );
  assertStringIncludes(text, "   9 │ before\n  … 40 lines left out …\n→ 10 │ it went boom\n");
});

const result = (sightings: Sighting[]) => ({ file: "a.log", lines: 1234, sightings });

Deno.test("logVerdictText() says that nothing would have stopped a run", () => {
  assertEquals(
    logVerdictText(result([]), { several: false, exitCode: 0 }, PLAIN),
    "✓ no rule would have stopped a run in 1,234 lines (exit code: 0)\n",
  );
});

Deno.test("logVerdictText() says where a run would have been stopped, by which rule and when", () => {
  assertEquals(
    logVerdictText(result([sighting({ ...TIMED, times: 3, matches: 4 })]), {
      several: true,
      exitCode: 10,
    }, PLAIN),
    "  boom: met 3 times, 4 matching lines\n" +
      "✗ a.log: a run would have been stopped at line 12 of 1234 by rule boom, " +
      "12.3s into the log (exit code: 10)\n",
  );
});

Deno.test("checkJson() is null and empty where nothing was found", () => {
  assertEquals(JSON.parse(checkJson([result([]), result([])], () => 0)), {
    verdict: null,
    findings: [],
    lines: 2468,
  });
});

Deno.test("checkJson() has the verdict and every finding of every log", () => {
  const warning = sighting({ finding: finding(["boom"], { rule: rule({ action: "warn" }) }) });
  const json = checkJson([result([warning]), result([sighting(TIMED)])], () => 10);
  assertEquals(json.split("\n").length, 2);
  const { verdict, findings, lines } = JSON.parse(json);
  assertEquals(lines, 2468);
  assertEquals(verdict, {
    rule: "boom",
    category: "config",
    headline: "Boom!",
    reason: "it went boom",
    retryable: null,
    exitCode: 10,
    file: "a.log",
    line: 12,
    detectedAt: TIMED.detectedAt,
    afterMs: 12_300,
  });
  assertEquals(findings.map((f: { action: string }) => f.action), ["warn", "kill"]);
  assertEquals(findings[1], {
    file: "a.log",
    line: 10,
    rule: "boom",
    category: "config",
    headline: "Boom!",
    reason: "it went boom",
    retryable: null,
    action: "kill",
    advice: null,
    docs: null,
    detectedLine: 12,
    detectedAt: TIMED.detectedAt,
    afterMs: 12_300,
    firstMatch: { line: 10, text: "it went boom", at: TIMED.firstMatchAt },
    lastMatch: { line: 10, text: "it went boom", at: TIMED.lastMatchAt },
    matches: 1,
    times: 1,
    context: [{ line: 9, text: "before" }, { line: 10, text: "it went boom" }],
  });
});
