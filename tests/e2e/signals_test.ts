import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { BINARY, e2e, fixture, type Running, type Stage } from "../helpers/bailout.ts";
import { stateOf } from "../helpers/processes.ts";
import { waitFor } from "../helpers/wait_for.ts";

async function printsSignals(
  stage: Stage,
  args: string[] = [],
): Promise<{ run: Running; pid: number }> {
  const program = [Deno.execPath(), "run", "--quiet", "--no-config", fixture("prints_signals.ts")];
  const run = stage.bailout([...args, "--", ...program]);
  await run.saw("ready");
  return { run, pid: Number(/ready (\d+)/.exec(run.stdout)?.[1]) };
}

for (const signal of ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const) {
  e2e(
    `${signal} reaches the child, which ends in its own time with its own code`,
    async (stage) => {
      const { run } = await printsSignals(stage);
      run.kill(signal);
      const { code, stdout, stderr } = await run.outcome();
      assertStringIncludes(stdout, `got ${signal}\n`);
      assertStringIncludes(stderr, `${signal} received: stopping deno (grace: 8s)`);
      assertEquals(code, 33);
      assertEquals(stderr.trimEnd().split("\n").at(-1), "✓ deno exited (exit code: 33)");
    },
  );
}

for (const signal of ["SIGUSR1", "SIGUSR2", "SIGWINCH", "SIGCONT"] as const) {
  e2e(`${signal} reaches the child, which lives on`, async (stage) => {
    const { run } = await printsSignals(stage);
    run.kill(signal);
    await run.saw(`got ${signal}`);
    run.kill("SIGTERM");
    assertEquals((await run.outcome()).code, 33);
  });
}

e2e("SIGTSTP reaches a child that handles it, and stops bailout until SIGCONT", async (stage) => {
  const { run } = await printsSignals(stage);
  run.kill("SIGTSTP");
  await waitFor("bailout to stop", () => stateOf(run.pid) === "T");
  run.kill("SIGCONT");
  await run.saw("got SIGTSTP");
  await run.saw("got SIGCONT");
  run.kill("SIGTERM");
  assertEquals((await run.outcome()).code, 33);
});

e2e("SIGTSTP stops a child that doesn't handle it, SIGCONT wakes it", async (stage) => {
  const run = stage.bailout([
    "--interval=100ms",
    "--",
    "sh",
    "-c",
    "echo ready $$; read x; echo awake",
  ], {
    stdin: "",
  });
  await run.saw("awake");
  assertEquals((await run.outcome()).code, 0);
  const sleeper = stage.bailout(["--", "sh", "-c", "echo ready $$; exec sleep 300"]);
  await sleeper.saw("ready");
  const pid = Number(/ready (\d+)/.exec(sleeper.stdout)?.[1]);
  sleeper.kill("SIGTSTP");
  await waitFor("both to stop", () => stateOf(pid) === "T" && stateOf(sleeper.pid) === "T");
  sleeper.kill("SIGCONT");
  await waitFor("both to wake", () => stateOf(pid) === "S" && stateOf(sleeper.pid) !== "T");
  sleeper.kill("SIGTERM");
  assertEquals((await sleeper.outcome()).code, 143);
});

e2e("a child without handlers that is told to stop gives 128+n", async (stage) => {
  for (const [signal, code] of [["SIGTERM", 143], ["SIGINT", 130], ["SIGHUP", 129]] as const) {
    const run = stage.bailout(["--", "sh", "-c", "echo ready; exec sleep 300"]);
    await run.saw("ready");
    run.kill(signal);
    assertEquals((await run.outcome()).code, code);
  }
});

e2e("a stubborn child is killed after the grace", async (stage) => {
  const run = stage.bailout(["--grace", "300ms", "--", fixture("ignores_term.sh")]);
  await run.saw("ready");
  const before = performance.now();
  run.kill("SIGTERM");
  const { code } = await run.outcome();
  assertEquals(code, 137);
  assert(performance.now() - before >= 300);
});

e2e("a second SIGTERM doesn't wait for the grace", async (stage) => {
  const run = stage.bailout(["--grace", "60s", "--", fixture("ignores_term.sh")]);
  await run.saw("ready");
  run.kill("SIGTERM");
  await run.saw("SIGTERM received");
  run.kill("SIGTERM");
  const { code, ms } = await run.outcome();
  assertEquals(code, 137);
  assertLess(ms, 30_000);
});

e2e("a signal reaches every process of the child's group", async (stage) => {
  const script = "(trap 'echo second; exit' USR1; echo up; while :; do sleep 0.05; done) & " +
    "trap 'echo first; exit' USR1; echo up; while :; do sleep 0.05; done";
  const run = stage.bailout(["--", "sh", "-c", script]);
  await waitFor("both to be up", () => run.stdout.split("up").length === 3);
  run.kill("SIGUSR1");
  await run.saw("first");
  await run.saw("second");
  await run.outcome();
});

e2e("an error that arrives after a stop signal changes nothing", async (stage) => {
  const script =
    "trap 'echo NotFound: 404; exit 21' TERM; echo ready; while :; do sleep 0.05; done";
  const run = stage.bailout(["--interval=0", "--", "sh", "-c", script]);
  await run.saw("ready");
  run.kill("SIGTERM");
  const { code, stderr } = await run.outcome();
  assertEquals(code, 21);
  assertEquals(stderr.includes("FATAL ERROR"), false);
});

e2e("a signal while a flood is going through is forwarded at once", async (stage) => {
  const script = "trap 'echo; echo got it; exit 5' TERM; echo ready; while :; do echo flood; done";
  const run = stage.bailout(["--", "sh", "-c", script]);
  await run.saw("ready");
  run.kill("SIGTERM");
  assertEquals((await run.outcome()).code, 5);
});

e2e("the child starts with default signal dispositions and an empty mask", async (stage) => {
  const { stdout } = await stage.run(["--", "cat", "/proc/self/status"]);
  for (const field of ["SigBlk", "SigIgn", "SigCgt"]) {
    const mask = BigInt(`0x${new RegExp(`${field}:\\s*(\\w+)`).exec(stdout)?.[1]}`);
    // glibc's posix_spawn leaves its own two real-time signals, 32 and 33, ignored: not ours.
    assertEquals(mask & 0x7fffffffn, 0n, field);
  }
});

e2e("bailout run by nobody's terminal needs none", async (stage) => {
  const run = stage.start("setsid", ["--wait", BINARY, "--", "sh", "-c", "exit 12"]);
  assertEquals((await run.outcome()).code, 12);
});
