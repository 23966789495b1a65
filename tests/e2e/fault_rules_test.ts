// A user's own pattern can't stall a run. That what the linear engine can't run is refused at start
// is in command_line_test.ts.
import { assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { e2e } from "../helpers/bailout.ts";
import { inTempDir } from "../helpers/temp_dir.ts";

/** Arguments that add a rule with this pattern, from a file in `dir`. */
async function ruled(dir: string, pattern: string): Promise<string[]> {
  const rule = { id: "mine", pattern, title: "Mine!", reason: "because", category: "config" };
  await Deno.writeTextFile(`${dir}/rules.json`, JSON.stringify({ rules: [rule] }));
  return [`--rules=${dir}/rules.json`, "--interval=0"];
}

for (const pattern of ["(a+)+b", "(a|a)+b", "(a+a+)+b", "(.*)*x(.*)*y(.*)*b$"]) {
  e2e(`${pattern} against lines made to hurt it stalls nothing`, async (stage) => {
    await inTempDir(async (dir) => {
      // With every letter of the pattern in it, so that no shortcut spares the pattern.
      const hurt = "printf bxby; head -c 10000 /dev/zero | tr '\\0' a; echo";
      const script = `for i in 1 2 3 4 5; do ${hurt}; done; echo NotFound: 404; exec sleep 300`;
      const args = [...await ruled(dir, pattern), "--", "sh", "-c", script];
      const { code, stderr, ms } = await stage.run(args);
      assertEquals(code, 1);
      assertStringIncludes(stderr, "✗ sh stopped by rule not-found");
      assertLess(ms, 10_000);
    });
  });
}
