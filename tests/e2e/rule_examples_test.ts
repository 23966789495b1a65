import { assertEquals, assertStringIncludes } from "@std/assert";
import { ANALYSIS_RULES } from "../helpers/analysis_examples.ts";
import { e2e, fixture, type Outcome, type Stage } from "../helpers/bailout.ts";

const BEFORE = ["Starting W&B agent...", "Submitting to Vertex AI..."];

async function agentThatPrints(stage: Stage, lines: string[], args: string[]): Promise<Outcome> {
  const log = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(log, lines.join("\n") + "\n");
    return await stage.run([...args, "--", fixture("prints_then_lives.sh"), log]);
  } finally {
    await Deno.remove(log);
  }
}

for (const rule of ANALYSIS_RULES) {
  for (const profile of ["default", "classic"]) {
    const examples = [...rule.examples, ...(profile === "default" ? rule.onlyDefault ?? [] : [])];
    e2e(
      `${profile}: every example of ${rule.id} in the analysis stops the agent`,
      async (stage) => {
        await Promise.all(examples.map(async (example) => {
          const lines = [...BEFORE, ...example];
          const args = ["--interval", "100ms", "--profile", profile];
          const { code, stderr } = await agentThatPrints(stage, lines, args);
          const pid = /started \(PID: (\d+)\)/.exec(stderr)?.[1];
          assertStringIncludes(
            stderr,
            [
              "",
              `🚨 FATAL ERROR DETECTED: ${rule.title}`,
              "━━━ Error Context (10 lines before error) ━━━",
              ...lines,
              "━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━",
              `❌ Killing agent (PID: ${pid}) - ${rule.reason}`,
              "",
            ].join("\n"),
          );
          assertStringIncludes(stderr, `stopped by rule ${rule.id} after `);
          assertEquals(code, 1);
        }));
      },
    );
  }

  e2e(`category exit code of ${rule.id} is ${rule.code}`, async (stage) => {
    const args = ["--interval", "100ms", "--exit-codes", "category"];
    const outcome = await agentThatPrints(stage, rule.examples[0]!, args);
    assertEquals(outcome.code, rule.code);
  });
}

for (const example of ANALYSIS_RULES.flatMap((rule) => rule.onlyDefault ?? [])) {
  e2e(
    `classic misses what the script misses: ${example.at(-1)} after two frames`,
    async (stage) => {
      const quick = ["--interval", "0", "--profile", "classic"];
      const text = example.join("\n");
      const { code } = await stage.run([...quick, "--", "sh", "-c", 'echo "$0"; exit 9', text]);
      assertEquals(code, 9);
    },
  );
}

e2e("the context is the ten lines before the error, not more", async (stage) => {
  const steps = Array.from({ length: 30 }, (_, i) => `step ${i + 1}`);
  const lines = [...steps, "NotFound: 404 bucket"];
  const { stderr } = await agentThatPrints(stage, lines, ["--interval", "100ms"]);
  const shown = stderr.split("before error) ━━━\n")[1]?.split("\n━━━")[0]?.split("\n");
  assertEquals(shown, [...steps.slice(-10), "NotFound: 404 bucket"]);
});

e2e("--context 0 shows the matching line alone", async (stage) => {
  const { stderr } = await agentThatPrints(stage, ["a", "NotFound: 404 bucket"], [
    "--interval=100ms",
    "--context=0",
  ]);
  assertStringIncludes(
    stderr,
    "Error Context (0 lines before error) ━━━\nNotFound: 404 bucket\n━━━",
  );
});
