// Each case was measured on the bash wrapper that bailout replaces, and is right here.
import { assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { e2e, fixture, type Outcome, type Stage } from "../helpers/bailout.ts";
import { marked } from "../helpers/processes.ts";

async function agentThatPrints(stage: Stage, text: string, args: string[] = []): Promise<Outcome> {
  const log = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(log, text);
    return await stage.run([...args, "--", fixture("prints_then_lives.sh"), log]);
  } finally {
    await Deno.remove(log);
  }
}

function contextOf(stderr: string): string[] | undefined {
  return stderr.split("before error) ━━━\n")[1]?.split("\n━━━")[0]?.split("\n");
}

e2e("a bail-out kills the agent itself, not only what copies its output", async (stage) => {
  const { code } = await agentThatPrints(stage, "NotFound: 404\n", ["--interval=100ms"]);
  assertEquals(code, 1);
  assertEquals(marked(stage.mark), []);
});

e2e("SIGTERM ends the agent, and its code is passed on", async (stage) => {
  const run = stage.bailout([
    "--",
    "sh",
    "-c",
    "trap 'exit 23' TERM; echo ready; while :; do sleep 0.05; done",
  ]);
  await run.saw("ready");
  run.kill("SIGTERM");
  assertEquals((await run.outcome()).code, 23);
  assertEquals(marked(stage.mark), []);
});

e2e("an error followed by 5000 lines within one interval is not missed", async (stage) => {
  const after = Array.from({ length: 5000 }, (_, i) => `line ${i}`).join("\n");
  const text = `before\nNotFound: 404 bucket\n${after}\n`;
  for (const profile of ["default", "classic"]) {
    const { code, stderr } = await agentThatPrints(stage, text, [
      "--interval=300ms",
      "--profile",
      profile,
    ]);
    assertEquals(code, 1);
    assertEquals(contextOf(stderr), ["before", "NotFound: 404 bucket"]);
  }
});

e2e("a match early in a window over 64 KiB is not missed", async (stage) => {
  const text = `NotFound: 404 bucket\n${`${"x".repeat(2000)}\n`.repeat(99)}`;
  const { code, stderr } = await agentThatPrints(stage, text, [
    "--interval=100ms",
    "--profile=classic",
  ]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "stopped by rule not-found");
});

e2e("steps, losses, ports and byte counts with 500 and 503 in them are healthy", async (stage) => {
  const healthy = [
    "step 499/1000",
    "step 500/1000",
    "step 1500/2000",
    "loss 0.503",
    "serving on port 5003",
    "read 500 of 503 bytes",
    "epoch 500: 503 samples/s",
  ];
  const text = `${healthy.join("\n")}\n`;
  const fine = await stage.run(["--interval=0", "--", "sh", "-c", 'printf %s "$0"; exit 3', text]);
  assertEquals(fine.code, 3);
  const classic = await agentThatPrints(stage, text, ["--interval=100ms", "--profile=classic"]);
  assertStringIncludes(classic.stderr, "stopped by rule service-error");
});

e2e("a traceback of two frames or more is not missed", async (stage) => {
  for (const frames of [2, 3, 30]) {
    const lines = [
      "Traceback (most recent call last):",
      ...Array.from({ length: frames }, (_, i) => `  File "f.py", line ${i}, in f\n    f()`),
      "KeyError: 'machine_type'",
    ];
    const { code, stderr } = await agentThatPrints(stage, `${lines.join("\n")}\n`, [
      "--interval=100ms",
    ]);
    assertEquals(code, 1);
    assertEquals(contextOf(stderr), lines.join("\n").split("\n"));
  }
});

e2e("rules 5, 6 and 7 show the lines that led to them", async (stage) => {
  const before = ["Connecting...", "Submitting..."];
  const cases = {
    quota: ["ResourceExhausted: Insufficient capacity"],
    "repeated-failures": ["FAILED once", "FAILED twice", "FAILED again"],
    "python-exception": [
      "Traceback (most recent call last):",
      '  File "a.py", line 1',
      "KeyError: 1",
    ],
  };
  for (const [id, lines] of Object.entries(cases)) {
    const { stderr } = await agentThatPrints(stage, `${[...before, ...lines].join("\n")}\n`, [
      "--interval=100ms",
    ]);
    assertStringIncludes(stderr, `stopped by rule ${id}`);
    assertEquals(contextOf(stderr), [...before, ...lines]);
  }
});

e2e("an error printed right before death is reported, with the interval far off", async (stage) => {
  const { code, stderr, ms } = await stage.run(["--", "sh", "-c", "echo NotFound: 404; exit 3"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "FATAL ERROR DETECTED: Resource not found (404)!");
  assertLess(ms, 4000);
});
