import { assertEquals } from "@std/assert";
import { addUp, readReport } from "./test_report.ts";

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="4" failures="1" errors="0" time="0.010">
    <testsuite name="./a_test.ts" tests="4" disabled="1" errors="0" failures="1">
        <testcase name="a &lt;b&gt; &quot;ok&quot;" classname="./a_test.ts" time="0.000" line="1" col="6">
        </testcase>
        <testcase name="needs root &amp; more" classname="./a_test.ts" time="0.000" line="2" col="6">
            <skipped/>
        </testcase>
        <testcase name="bad" classname="./a_test.ts" time="0.000" line="3" col="6">
            <failure message="Uncaught Error: x &lt;skipped/&gt;">Error: x</failure>
        </testcase>
        <testcase name="closed" classname="./a_test.ts" time="0.000" line="3" col="6"/>
    </testsuite>
</testsuites>`;

Deno.test("a report counts what passed, failed and was skipped, by name", () => {
  assertEquals(readReport(XML, false), {
    passed: 2,
    failed: 1,
    skipped: ["needs root & more"],
  });
});

Deno.test("a runner that fails without a failed test is a failure", () => {
  assertEquals(readReport("", false), { passed: 0, failed: 1, skipped: [] });
  assertEquals(readReport("", true), { passed: 0, failed: 0, skipped: [] });
});

Deno.test("reports add up", () => {
  const report = { passed: 2, failed: 1, skipped: ["a"] };
  assertEquals(addUp([report, report]), { passed: 4, failed: 2, skipped: ["a", "a"] });
});
