import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { e2e, type Outcome, type Stage } from "../helpers/bailout.ts";

const BASE = { category: "config", title: "Boom!", reason: "it went boom", pattern: "boom" };

/** Runs `script` under one rule of the user's, with no built-in one beside it. */
async function underRule(stage: Stage, fields: object, script: string): Promise<Outcome> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const rules = [{ id: "boom", ...BASE, ...fields }];
    await Deno.writeTextFile(path, JSON.stringify({ rules }));
    const args = ["--interval=0", "--profile=none", "--rules", path];
    return await stage.run([...args, "--", "sh", "-c", script]);
  } finally {
    await Deno.remove(path);
  }
}

e2e("a rule that only warns says so once and stops nothing", async (stage) => {
  const { code, stderr } = await underRule(
    stage,
    { action: "warn" },
    "echo boom; echo boom; exit 6",
  );
  assertEquals(code, 6);
  assertEquals(stderr.match(/⚠ Boom! \(rule boom, line 1\): boom\n/g)?.length, 1);
  assertEquals(stderr.includes("FATAL ERROR"), false);
});

e2e("a rule that observes is silent", async (stage) => {
  const { code, stderr } = await underRule(stage, { action: "observe" }, "echo boom; exit 6");
  assertEquals([code, stderr.includes("Boom!")], [6, false]);
});

e2e("a clearing line within the confirmation keeps the run alive", async (stage) => {
  const fields = { confirm: "10s", clears: ["recovered"] };
  const cleared = await underRule(stage, fields, "echo boom; sleep 0.2; echo recovered; exit 6");
  assertEquals(cleared.code, 6);
});

e2e("without a clearing line the confirmation runs out and the run is stopped", async (stage) => {
  const { code, ms } = await underRule(stage, { confirm: "500ms" }, "echo boom; exec sleep 300");
  assertEquals(code, 1);
  assert(ms >= 500);
});

e2e("an end without a clearing line confirms at once", async (stage) => {
  const { code, stderr } = await underRule(stage, { confirm: "60s" }, "echo boom; exit 6");
  assertEquals(code, 1);
  assertStringIncludes(stderr, "stopped by rule boom");
});

e2e("matches further apart than `within` don't add up", async (stage) => {
  const fields = { threshold: 2, within: "200ms" };
  const slow = await underRule(stage, fields, "echo boom; sleep 0.6; echo boom; exit 6");
  assertEquals(slow.code, 6);
  assertEquals((await underRule(stage, fields, "echo boom; echo boom; exec sleep 300")).code, 1);
});

e2e("a rule looks only at its streams, and not at what it excepts", async (stage) => {
  const fields = { streams: ["stderr"], except: ["no boom"] };
  assertEquals((await underRule(stage, fields, "echo boom; exit 6")).code, 6);
  assertEquals((await underRule(stage, fields, "echo no boom >&2; exit 6")).code, 6);
  assertEquals((await underRule(stage, fields, "echo boom >&2; exec sleep 300")).code, 1);
});

e2e("a rule on the fields of a JSON line", async (stage) => {
  const fields = { pattern: undefined, json: { severity: "ERROR", "error.code": [403, 404] } };
  const line = (code: number) => `{"severity":"ERROR","error":{"code":${code}}}`;
  assertEquals((await underRule(stage, fields, `echo '${line(500)}'; exit 6`)).code, 6);
  assertEquals((await underRule(stage, fields, `echo '${line(404)}'; exec sleep 300`)).code, 1);
});
