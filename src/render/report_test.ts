import { assertEquals } from "@std/assert";
import { CLASSIC_RULES } from "../core/rules/classic.ts";
import { finding } from "../testing/builders.ts";
import { PLAIN } from "./paint.ts";
import { reportText } from "./report.ts";
import { MAX_SHOWN } from "../core/shorten.ts";

const OPTIONS = { contextLines: 10, pid: 12345, dryRun: false };
const [MACHINE_TYPE] = CLASSIC_RULES;

Deno.test("reportText() writes a bail-out's report as the bash wrapper does", () => {
  const found = finding(["Submitting to Vertex AI...", "Machine type 'n2' is not supported"], {
    rule: MACHINE_TYPE!,
  });
  assertEquals(
    reportText(found, OPTIONS, PLAIN),
    `
🚨 FATAL ERROR DETECTED: Machine type not supported!
━━━ Error Context (10 lines before error) ━━━
Submitting to Vertex AI...
Machine type 'n2' is not supported
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
❌ Killing agent (PID: 12345) - this error will not self-resolve
`,
  );
});

Deno.test("reportText() doesn't claim a kill in a dry run, and names the rule", () => {
  assertEquals(
    reportText(finding(["boom"]), { contextLines: 3, pid: 7, dryRun: true }, PLAIN),
    `
🚨 FATAL ERROR DETECTED: Boom!
━━━ Error Context (3 lines before error) ━━━
boom
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
Dry run: agent (PID: 7) left alone - it went boom (rule boom)
`,
  );
});

/** The lines between the heading and the ruler. */
function shown(found: Parameters<typeof reportText>[0]): string[] {
  return reportText(found, OPTIONS, PLAIN).split("\n").slice(3, -3);
}

Deno.test("reportText() says where lines of a long traceback were left out", () => {
  const { context } = finding(["a", "b", "c"]);
  const found = finding(["boom"], { context: { ...context, omitted: { count: 42, before: 2 } } });
  assertEquals(shown(found), ["a", "b", "… 42 lines left out …", "c"]);
});

Deno.test("reportText() shows the match in a very long line", () => {
  const long = "x".repeat(5000) + "boom" + "y".repeat(5000);
  const { context } = finding([long, long]);
  const [before, match] = shown(finding(["boom"], { context: { ...context, matchIndex: 5000 } }));
  assertEquals(before, `${"x".repeat(MAX_SHOWN)}… (9004 more)`);
  assertEquals(match!.includes("xboomy"), true);
});

Deno.test("reportText() shows no control characters of the child's", () => {
  assertEquals(shown(finding(["a\x07b", "bo\0om"])), ["a\ufffdb", "bo\ufffdom"]);
});

Deno.test("reportText() paints the headline, the rulers and the last line", () => {
  const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const paint = {
    ...PLAIN,
    alarm: mark("alarm"),
    rule: mark("rule"),
    bad: mark("bad"),
  };
  assertEquals(
    reportText(finding(["boom"]), OPTIONS, paint),
    `
<alarm>🚨 FATAL ERROR DETECTED: Boom!</alarm>
<rule>━━━ Error Context (10 lines before error) ━━━</rule>
boom
<rule>━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━</rule>
<bad>❌ Killing agent (PID: 12345) - it went boom</bad>
`,
  );
});
