import { assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { e2e, type Stage } from "../helpers/bailout.ts";

/** A folder with a `wandb` that runs `script`, for PATH. */
async function withWandb(script: string, body: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/wandb`, `#!/bin/sh\n${script}\n`);
    await Deno.chmod(`${dir}/wandb`, 0o755);
    await body(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function environment(dir: string): Record<string, string> {
  return { PATH: `${dir}:${Deno.env.get("PATH")}`, BAILOUT_LOG_FILE: `${dir}/agent.log` };
}

async function agentRun(stage: Stage, script: string, args: string[]) {
  let outcome;
  await withWandb(script, async (dir) => {
    const env = environment(dir);
    const run = await stage.run([...args, "launch-agent", "-q", "queue"], { env });
    outcome = { ...run, stderr: run.stderr.replaceAll(dir, "DIR") };
  });
  return outcome as unknown as { code: number; stdout: string; stderr: string };
}

e2e("launch-agent prints the wrapper's transcript to the letter", async (stage) => {
  const script = `echo "args: $*"; echo "PermissionDenied: 403 denied"; exec sleep 300`;
  const { code, stdout, stderr } = await agentRun(stage, script, ["--interval", "200ms"]);
  assertEquals(stdout, "args: launch-agent -q queue\nPermissionDenied: 403 denied\n");
  const text = stderr.replace(/\(PID: \d+\)/g, "(PID: 12345)").replace(
    /after \d+\.\ds/,
    "after 12.3s",
  );
  assertEquals(
    text,
    `🚀 Starting W&B Launch Agent with fatal error detection...
📝 Logs: DIR/agent.log
✓ W&B agent started (PID: 12345)
⏳ Monitoring for fatal errors...

🚨 FATAL ERROR DETECTED: Permission denied (403)!
━━━ Error Context (10 lines before error) ━━━
args: launch-agent -q queue
PermissionDenied: 403 denied
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
❌ Killing agent (PID: 12345) - IAM permissions missing
✗ W&B agent stopped by rule permission-denied after 12.3s (exit code: 1)
`,
  );
  assertEquals(code, 1);
});

e2e("a launch-agent that ends by itself gets the wrapper's last line", async (stage) => {
  for (const expected of [0, 5]) {
    const { code, stderr } = await agentRun(stage, `exit ${expected}`, []);
    assertEquals(code, expected);
    assertEquals(stderr.split("\n").at(-2), `✓ W&B agent exited (exit code: ${expected})`);
  }
});

e2e("another command is called by its base name, or by --name", async (stage) => {
  const { stderr } = await stage.run(["/bin/true"]);
  assertStringIncludes(stderr, "🚀 Starting true with fatal error detection...\n✓ true started");
  assertStringIncludes(stderr, "✓ true exited (exit code: 0)\n");
  const named = await stage.run(["--name", "trainer 7", "/bin/true"]);
  assertStringIncludes(named.stderr, "🚀 Starting trainer 7 with fatal");
  assertStringIncludes(named.stderr, "✓ trainer 7 exited (exit code: 0)\n");
});

e2e("a child named like a subcommand is reached with --", async (stage) => {
  const outcome = await stage.run(["--quiet", "--", "launch-agent"]);
  assertEquals(outcome.code, 127);
  assertStringIncludes(outcome.stderr, 'cannot run "launch-agent"');
});

e2e("--quiet shows nothing of a healthy run and all of a bail-out", async (stage) => {
  const healthy = await stage.run(["--quiet", "sh", "-c", "echo out; echo err >&2; exit 3"]);
  assertEquals([healthy.code, healthy.stdout, healthy.stderr], [3, "out\n", "err\n"]);
  const fatal = await stage.run([
    "--quiet",
    "--interval=0",
    "sh",
    "-c",
    "echo NotFound: 404; sleep 99",
  ]);
  assertMatch(
    fatal.stderr,
    /^\n🚨 FATAL ERROR DETECTED: .*\n[^]*❌ Killing agent .*\n✗ sh stopped by .*\n$/,
  );
});

e2e("colours only where they are wanted", async (stage) => {
  // deno-lint-ignore no-control-regex
  const escape = /\x1b\[/;
  const NO_COLOR = "";
  const piped = await stage.run(["true"], { env: { NO_COLOR } });
  assertNotMatch(piped.stderr, escape);
  const always = await stage.run(["--color", "always", "true"], { env: { NO_COLOR } });
  assertMatch(always.stderr, escape);
  const plain = await stage.run(["--color", "always", "true"], { env: { NO_COLOR: "1" } });
  assertNotMatch(plain.stderr, escape);
  const never = await stage.run(["--color", "never", "true"], { env: { NO_COLOR } });
  assertNotMatch(never.stderr, escape);
});

e2e("a traceback is shown whole, chained exceptions too, above --context", async (stage) => {
  const frames = Array.from(
    { length: 40 },
    (_, i) => [`  File "a.py", line ${i}, in f`, "    f()"],
  );
  const lines = [
    "Traceback (most recent call last):",
    ...frames.flat(),
    "KeyError: 'first'",
    "",
    "During handling of the above exception, another exception occurred:",
    "",
    "Traceback (most recent call last):",
    '  File "b.py", line 1, in g',
    "    g()",
    "ValueError: second",
  ];
  const { code, stderr } = await stage.run(
    ["--interval=0", "--", "sh", "-c", 'echo "$0" >&2; exec sleep 300', lines.join("\n")],
  );
  assertEquals(code, 1);
  assertStringIncludes(stderr, `before error) ━━━\n${lines.join("\n")}\n━━━`);
});

e2e("a long line is shortened in the report and whole in the stream", async (stage) => {
  const line = `${"x".repeat(5000)} NotFound: 404 bucket ${"y".repeat(5000)}`;
  const { stdout, stderr } = await stage.run(
    ["--interval=0", "--", "sh", "-c", 'echo "$0"; exec sleep 300', line],
  );
  assertEquals(stdout, `${line}\n`);
  assertStringIncludes(stderr, "NotFound: 404 bucket");
  assertEquals(stderr.split("\n").every((shown) => shown.length < 1100), true);
});

e2e("--dry-run reports each finding once and stops nothing", async (stage) => {
  const script = "echo NotFound: 404; echo NotFound: 404; echo QuotaExceeded; sleep 0.5; exit 4";
  const { code, stderr } = await stage.run(["--dry-run", "--interval=100ms", "sh", "-c", script]);
  assertEquals(code, 4);
  assertEquals(stderr.match(/FATAL ERROR DETECTED/g)?.length, 2);
  assertNotMatch(stderr, /Killing agent/);
  assertStringIncludes(stderr, "✓ sh exited (exit code: 4)");
});
