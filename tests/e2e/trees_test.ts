import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { BINARY, e2e, fixture } from "../helpers/bailout.ts";
import { marked, stateOf } from "../helpers/processes.ts";
import { waitFor } from "../helpers/wait_for.ts";

const GRACE = "--grace=300ms";
const STUBBORN = fixture("ignores_term.sh");
const MODES = ["group", "child"] as const;

for (const mode of MODES) {
  const args = ["--quiet", GRACE, `--signal-mode=${mode}`, "--"];
  const test = (name: string, body: Parameters<typeof e2e>[1]) =>
    e2e(`--signal-mode ${mode}: ${name}`, body);

  test("what a child leaves behind is stopped, and the code is its own", async (stage) => {
    const script = "sleep 300 & (sleep 300 & sleep 300) & exit 11";
    const { code, ms } = await stage.run([...args, "sh", "-c", script]);
    assertEquals(code, 11);
    assertLess(ms, 10_000);
  });

  test("a descendant that ignores SIGTERM is killed after the grace", async (stage) => {
    const script = `${STUBBORN} & read ready; exit 12`;
    const { code, ms } = await stage.run([...args, "sh", "-c", script], { stdin: "go\n" });
    assertEquals(code, 12);
    assertLess(ms, 10_000);
  });

  test("SIGTERM stops descendants that the child doesn't tell, too", async (stage) => {
    const script = `trap 'exit 13' TERM; ${STUBBORN} & setsid ${STUBBORN} & ` +
      "sleep 300 & echo up; while :; do sleep 0.05; done";
    const run = stage.bailout([...args, "sh", "-c", script]);
    await waitFor("all to be up", () => run.stdout.split("ready").length === 3);
    run.kill("SIGTERM");
    assertEquals((await run.outcome()).code, 13);
  });

  test("a descendant in a session of its own is found, orphan or not", async (stage) => {
    const script = `setsid ${STUBBORN} & (setsid ${STUBBORN} &) ; read ready; exit 14`;
    const { code } = await stage.run([...args, "sh", "-c", script], { stdin: "go\n" });
    assertEquals(code, 14);
  });

  test("a bail-out takes all of them", async (stage) => {
    const script = `${STUBBORN} & setsid ${STUBBORN} & (setsid sleep 300 &); ` +
      "sleep 0.2; echo NotFound: 404 bucket; exec sleep 300";
    const { code } = await stage.run(["--interval=0", ...args, "sh", "-c", script]);
    assertEquals(code, 1);
  });
}

e2e("--signal-mode child: signals go to the child alone", async (stage) => {
  const run = stage.bailout([
    "--signal-mode=child",
    "--",
    fixture("signal_tree.pl"),
    "descendants",
  ]);
  await run.saw("leader ready");
  await run.saw("descendant ready");
  for (const signal of ["SIGUSR1", "SIGWINCH", "SIGCONT"] as const) {
    run.kill(signal);
    await run.saw(`leader got ${signal}`);
  }
  const pid = Number(/descendant waits (\d+)/.exec(run.stderr)![1]);
  run.kill("SIGTSTP");
  await waitFor("bailout to stop", () => stateOf(run.pid) === "T");
  assert(stateOf(pid) !== "T");
  run.kill("SIGCONT");
  await run.saw("leader got SIGTSTP");
  run.kill("SIGHUP");
  const { code, stderr } = await run.outcome();
  assertEquals(code, 33);
  // What is left is stopped as ever: with the stop signal.
  const heard = [...stderr.matchAll(/descendant got (\w+)/g)].map(([, signal]) => signal);
  assertEquals(heard, ["SIGTERM"]);
});

e2e("the variable chooses the mode, and a wrong one is refused", async (stage) => {
  const env = { BAILOUT_SIGNAL_MODE: "child" };
  const run = stage.bailout(["--", fixture("signal_tree.pl"), "descendants"], { env });
  await run.saw("leader ready");
  await run.saw("descendant ready");
  run.kill("SIGUSR2");
  await run.saw("leader got SIGUSR2");
  run.kill("SIGTERM");
  const { stderr } = await run.outcome();
  assertEquals(stderr.includes("descendant got SIGUSR2"), false);
  const wrong = await stage.run(["--signal-mode", "grup", "--", "true"]);
  assertEquals(wrong.code, 2);
  assertStringIncludes(wrong.stderr, '--signal-mode: "grup" is not a choice (did you mean group?)');
});

e2e("a child that closes its output lives on and is waited for", async (stage) => {
  const script =
    "exec >&- 2>&-; i=0; while [ $i -lt 10 ]; do i=$((i + 1)); sleep 0.1; done; exit 15";
  const { code, ms } = await stage.run(["--quiet", "--", "sh", "-c", script]);
  assertEquals(code, 15);
  assert(ms >= 1000);
});

e2e("a child that has closed its output can be stopped", async (stage) => {
  const run = stage.bailout(["--", "sh", "-c", "exec >&- 2>&-; exec sleep 300"]);
  await run.saw("Monitoring");
  await waitFor(
    "the sleep",
    () => marked(stage.mark).some(({ command }) => /^sleep/.test(command)),
  );
  run.kill("SIGTERM");
  assertEquals((await run.outcome()).code, 143);
});

e2e("a descendant that holds the pipe for ever can't hold bailout", async (stage) => {
  const script = `setsid ${STUBBORN} & read ready; exit 16`;
  const { code, ms } = await stage.run(["--quiet", GRACE, "--", "sh", "-c", script], {
    stdin: "go\n",
  });
  assertEquals(code, 16);
  assertLess(ms, 10_000);
});

e2e("a pipe that is held from outside of the tree can't hold bailout", async (stage) => {
  // The child hands its stdout to a stranger, which is no descendant of bailout's.
  const dir = await Deno.makeTempDir();
  try {
    await new Deno.Command("mkfifo", { args: [`${dir}/pid`] }).output();
    const holder = stage.start("sh", [
      "-c",
      'read pid <"$0/pid"; exec sleep 300 >/proc/$pid/fd/1',
      dir,
    ]);
    const script = 'echo $$ >"$0/pid"; until [ -e "$0/end" ]; do sleep 0.02; done; exit 17';
    const run = stage.bailout(["--quiet", "--", "sh", "-c", script, dir]);
    await waitFor("the holder", () => commandOf(holder.pid) === "sleep");
    await Deno.writeTextFile(`${dir}/end`, "");
    const { code, ms } = await run.outcome();
    assertEquals(code, 17);
    assertLess(ms, 15_000);
    holder.kill("SIGKILL");
    await holder.outcome();
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

e2e("a child that stops itself isn't taken for a dead one, and goes on", async (stage) => {
  const script = "echo stopping; kill -STOP $$; echo awake; exit 18";
  const run = stage.bailout(["--interval=100ms", "--", "sh", "-c", script]);
  await run.saw("stopping");
  const pid = Number(/PID: (\d+)/.exec(run.stderr)![1]);
  await waitFor("the child to stop", () => stateOf(pid) === "T");
  await waitFor("bailout to wait", () => stateOf(run.pid) === "S");
  Deno.kill(pid, "SIGCONT");
  const { code, stdout } = await run.outcome();
  assertEquals([code, stdout], [18, "stopping\nawake\n"]);
});

e2e("a stop that is suspended has its whole grace left afterwards", async (stage) => {
  const script =
    "trap 'echo told; sleep 0.7; exit 19' TERM; echo ready; while :; do sleep 0.05; done";
  const run = stage.bailout(["--grace=2s", "--", "sh", "-c", script]);
  await run.saw("ready");
  run.kill("SIGTERM");
  await run.saw("told");
  run.kill("SIGTSTP");
  await waitFor("bailout to stop", () => stateOf(run.pid) === "T");
  const since = performance.now();
  await waitFor("more than the grace to pass", () => performance.now() > since + 2500);
  run.kill("SIGCONT");
  assertEquals((await run.outcome()).code, 19);
});

e2e("a fork bomb is stopped", async (stage) => {
  // Two processes out of each, over and over, as a user who may have a hundred.
  const bomb = "$| = 1; print qq(lit\\n); while (1) { fork; select undef, undef, undef, 0.01 }";
  const user = ["--reuid=64321", "--regid=64321", "--clear-groups"];
  const limits = ["prlimit", "--nproc=100:100"];
  const run = stage.start("setpriv", [...user, ...limits, BINARY, "--", "perl", "-e", bomb]);
  await run.saw("lit");
  await waitFor("many processes", () => marked(stage.mark).length > 50);
  run.kill("SIGTERM");
  const { ms } = await run.outcome();
  assertLess(ms, 20_000);
}, { skip: Deno.uid() === 0 ? undefined : "another user's processes need root" });

function commandOf(pid: number): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/comm`).trim();
  } catch {
    return "";
  }
}
