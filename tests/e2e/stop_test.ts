import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { BINARY, e2e, fixture } from "../helpers/bailout.ts";
import { childrenOf, marked, stateOf } from "../helpers/processes.ts";
import { waitFor } from "../helpers/wait_for.ts";

const FATAL = "echo NotFound: 404 bucket";

e2e("a bail-out takes the child's whole group with it", async (stage) => {
  const script = `sleep 300 & (sleep 300 & sleep 300) & ${FATAL}; exec sleep 300`;
  const { code } = await stage.run(["--interval=0", "--", "sh", "-c", script]);
  assertEquals(code, 1);
  assertEquals(marked(stage.mark), []);
});

e2e("a bail-out sends --stop-signal first, and SIGKILL after the grace", async (stage) => {
  const script = `trap 'echo polite >&2' USR2; ${FATAL}; while :; do sleep 0.1; done`;
  const args = ["--interval=0", "--stop-signal", "USR2", "--grace", "400ms"];
  const { code, stderr, ms } = await stage.run([...args, "--", "sh", "-c", script]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "polite");
  assert(ms >= 400);
});

e2e("a child that ignores the stop signal is killed after the grace", async (stage) => {
  const script = `trap '' TERM; ${FATAL}; while :; do sleep 0.1; done`;
  const { code, ms } = await stage.run(["--interval=0", "--grace=300ms", "--", "sh", "-c", script]);
  assertEquals(code, 1);
  assertLess(ms, 5000);
});

e2e(
  "what a child leaves behind in its group is stopped, the code is the child's",
  async (stage) => {
    const { code, stderr, ms } = await stage.run([
      "--",
      "sh",
      "-c",
      "sleep 300 & sleep 300 & exit 17",
    ]);
    assertEquals(code, 17);
    assertStringIncludes(stderr, "sh has left processes behind");
    assertStringIncludes(stderr, "✓ sh exited (exit code: 17)");
    assertLess(ms, 5000);
  },
);

e2e("a descendant in a session of its own is found and stopped", async (stage) => {
  const script = "setsid sleep 300 & setsid setsid sleep 300 & sleep 0.1; exit 18";
  const { code, ms } = await stage.run(["--", "sh", "-c", script]);
  assertEquals(code, 18);
  assertEquals(marked(stage.mark), []);
  assertLess(ms, 5000);
});

e2e("a bail-out stops a descendant in a session of its own", async (stage) => {
  const script = `setsid sleep 300 & sleep 0.1; ${FATAL}; exec sleep 300`;
  assertEquals((await stage.run(["--interval=0", "--", "sh", "-c", script])).code, 1);
  assertEquals(marked(stage.mark), []);
});

e2e("a stubborn descendant of a dead child is killed after the grace", async (stage) => {
  const script = `${fixture("ignores_term.sh")} & sleep 0.3; exit 19`;
  const { code, ms } = await stage.run(["--grace=300ms", "--", "sh", "-c", script]);
  assertEquals(code, 19);
  assertLess(ms, 5000);
});

e2e("a child that has stopped itself can still be stopped", async (stage) => {
  const script = "trap 'exit 20' TERM; echo ready; kill -STOP $$; sleep 300";
  const run = stage.bailout(["--", "sh", "-c", script]);
  await run.saw("ready");
  run.kill("SIGTERM");
  // The signal waits in the stopped child; the stop of the tree wakes it.
  const { code, ms } = await run.outcome();
  assertEquals(code, 20);
  assertLess(ms, 5000);
});

e2e("orphans are reaped while the child runs", async (stage) => {
  const script =
    "for i in 1 2 3 4 5 6 7 8 9 10; do (sh -c 'exit 3' &); done; echo ready; sleep 300";
  const run = stage.bailout(["--", "sh", "-c", script]);
  await run.saw("ready");
  await waitFor("no zombie", () => childrenOf(run.pid).every((pid) => stateOf(pid) !== "Z"), 3000);
  run.kill("SIGTERM");
  assertEquals((await run.outcome()).code, 143);
});

e2e("as PID 1 orphans are reaped, and SIGTERM stops the child", async (stage) => {
  const script = "trap 'exit 9' TERM; (sh -c 'exit 3' &); (sh -c 'exit 3' &); echo ready; " +
    "sleep 0.3; grep -l 'State:.Z' /proc/[0-9]*/status; echo looked; while :; do sleep 0.05; done";
  const unshare = ["--pid", "--fork", "--mount-proc", "--kill-child", BINARY];
  const run = stage.start("unshare", [...unshare, "--", "sh", "-c", script]);
  await run.saw("looked");
  assertEquals(run.stdout, "ready\nlooked\n");
  const inner = childrenOf(run.pid)[0]!;
  Deno.kill(inner, "SIGTERM");
  assertEquals((await run.outcome()).code, 9);
}, { skip: Deno.uid() === 0 ? undefined : "a PID namespace needs root" });

e2e("PID 1 of a namespace with the host's /proc harms nobody outside", async (stage) => {
  const bystander = stage.start("sleep", ["300"]);
  const run = stage.start("unshare", [
    "--pid",
    "--fork",
    BINARY,
    "--",
    "sh",
    "-c",
    "sleep 300 & exit 4",
  ]);
  assertEquals((await run.outcome()).code, 4);
  assertEquals(stateOf(bystander.pid), "S");
  bystander.kill("SIGKILL");
  await bystander.outcome();
}, { skip: Deno.uid() === 0 ? undefined : "a PID namespace needs root" });

e2e("a process that was there before exec isn't the child's tree", async (stage) => {
  const run = stage.start("sh", [
    "-c",
    `sleep 300 >/dev/null 2>&1 & echo $!; exec ${BINARY} -- sh -c 'exit 6'`,
  ]);
  const { code, stdout, ms } = await run.outcome();
  assertEquals(code, 6);
  assertLess(ms, 5000);
  const sidecar = Number(stdout.trim());
  assertEquals(stateOf(sidecar), "S");
  Deno.kill(sidecar, "SIGKILL");
}, { leavesZombies: true });
