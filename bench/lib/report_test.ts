import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { putReport, renderReport } from "./report.ts";

const REPORT = { machine: "2025-01-01, a CPU", changed: "", rows: [], skipped: [] };
const PAGE = "# Title\n\n<!-- BENCH_WRITE=1 make bench writes from here -->\n\nold\n\n" +
  "<!-- to here -->\n\nrest\n";

Deno.test("renderReport() names other sizes and what was skipped, if there are any", () => {
  assertMatch(renderReport(REPORT), /^2025-01-01, a CPU\n\n\| measured/);
  const text = renderReport({ ...REPORT, changed: "BENCH_MB=1", skipped: ["tini", "perl"] });
  assertMatch(text, /\n\nNot the usual sizes: BENCH_MB=1\n\nNot here, so skipped: tini, perl\n\n/);
});

Deno.test("putReport() replaces what is between the markers, and nothing else", () => {
  const page = putReport(PAGE, "new");
  assertEquals(page, PAGE.replace("old", "new"));
  assertEquals(putReport(page, "new"), page);
});

Deno.test("putReport() throws for a page without the markers", () => {
  assertThrows(() => putReport("# Title\n", "new"), Error, "Cannot find");
});
