import { assertEquals, assertThrows } from "@std/assert";
import { BenchUsageError, changedSettings, DEFAULTS, readSettings } from "./settings.ts";

Deno.test("readSettings() takes the defaults where a variable is missing or empty", () => {
  assertEquals(readSettings({ BENCH_MB: "" }), DEFAULTS);
  assertEquals(readSettings({ BENCH_MB: "60", HOME: "x" }), { ...DEFAULTS, BENCH_MB: 60 });
});

for (const text of ["0", "-1", "many", "Infinity"]) {
  Deno.test(`readSettings() refuses ${text} and names it`, () => {
    assertThrows(
      () => readSettings({ BENCH_RUNS: text }),
      BenchUsageError,
      `BENCH_RUNS must be a number above 0: "${text}"`,
    );
  });
}

Deno.test("changedSettings() names what differs from the defaults", () => {
  assertEquals(changedSettings(DEFAULTS), "");
  const settings = { ...DEFAULTS, BENCH_MB: 60, BENCH_YES_GB: 0.5 };
  assertEquals(changedSettings(settings), "BENCH_MB=60 BENCH_YES_GB=0.5");
});
