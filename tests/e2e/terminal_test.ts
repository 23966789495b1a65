import { assertEquals, assertMatch } from "@std/assert";
import { BINARY, e2e, fixture, type Stage } from "../helpers/bailout.ts";
import { marked, stateOf } from "../helpers/processes.ts";
import { PROMPT, Terminal, whyNoTerminal } from "../helpers/terminal.ts";
import { waitFor } from "../helpers/wait_for.ts";

const skip = await whyNoTerminal();

function onTerminal(
  name: string,
  body: (terminal: Terminal, stage: Stage) => Promise<void>,
): void {
  e2e(`on a terminal ${name}`, async (stage) => {
    await using terminal = await Terminal.open(stage);
    await body(terminal, stage);
  }, { skip, leavesZombies: true });
}

/** The one process of the test whose command line ends so. */
function pidOf(stage: Stage, ending: string): number | undefined {
  return marked(stage.mark).find(({ command }) => command.trimEnd().endsWith(ending))?.pid;
}

/** bailout's own process. */
function bailoutOf(stage: Stage): number {
  return marked(stage.mark).find(({ command }) => command.startsWith(BINARY))!.pid;
}

onTerminal("the child reads what is typed, up to Ctrl-D", async (terminal) => {
  await terminal.type(`$B -- sh -c 'read x; echo "x=<$x>"; cat; echo end of input'`);
  await terminal.sees("Monitoring");
  await terminal.type("one two");
  await terminal.sees("x=<one two>");
  await terminal.press("C-d");
  await terminal.sees("\nend of input\n");
  await terminal.status(0);
});

onTerminal("the child has it as /dev/tty too", async (terminal) => {
  await terminal.type(`$B -- sh -c 'read y </dev/tty; echo "y=<$y>" >/dev/tty'`);
  await terminal.sees("Monitoring");
  await terminal.type("three");
  await terminal.sees("y=<three>");
  await terminal.status(0);
});

onTerminal("Ctrl-C ends the child and then bailout", async (terminal) => {
  await terminal.type("$B -- sleep 300");
  await terminal.sees("Monitoring");
  await terminal.press("C-c");
  await terminal.sees(/\^C[^]*✓ sleep exited \(exit code: 130\)\n\$$/);
  await terminal.status(130);
});

onTerminal("Ctrl-C reaches a child with a handler once", async (terminal) => {
  const script = "trap 'n=$((n + 1)); echo INT; sleep 1; echo cleaned up after $n; exit 4' INT; " +
    "echo ready; while :; do sleep 0.1; done";
  await terminal.type(`$B -- bash -c '${script.replaceAll("'", `'"'"'`)}'`);
  await terminal.sees("\nready");
  await terminal.press("C-c");
  await terminal.sees("cleaned up after 1");
  await terminal.status(4);
  assertEquals((await terminal.screen()).match(/^(\^C)?INT$/mg)?.length, 1);
});

onTerminal("a second Ctrl-C kills at once", async (terminal) => {
  await terminal.type(`$B --grace 300s -- ${fixture("counts_signals.sh")}`);
  await terminal.sees("ready");
  await terminal.press("C-c");
  await terminal.sees("SIGINT received");
  await terminal.press("C-c");
  await terminal.sees("exited (exit code: 137)");
  await terminal.status(137);
});

onTerminal("Ctrl-Z gives the shell back, and fg goes on where it was", async (terminal, stage) => {
  await terminal.type(`$B -- sh -c 'read x; echo "x=<$x>"'`);
  await terminal.sees("Monitoring");
  const [bailout, child] = [bailoutOf(stage), pidOf(stage, `echo "x=<$x>"`)!];
  await terminal.press("C-z");
  await terminal.sees("Stopped");
  await terminal.sees(PROMPT);
  assertEquals([stateOf(bailout), stateOf(child)], ["T", "T"]);
  await terminal.type("fg");
  await waitFor("both to go on", () => stateOf(bailout) !== "T" && stateOf(child) !== "T");
  await terminal.type("four");
  await terminal.sees("x=<four>");
  await terminal.status(0);
});

onTerminal("Ctrl-Z reaches a child with a handler once", async (terminal) => {
  await terminal.type(`$B -- ${fixture("counts_signals.sh")}`);
  await terminal.sees("ready");
  await terminal.press("C-z");
  await terminal.sees("Stopped");
  await terminal.sees(PROMPT);
  await terminal.type("fg");
  await terminal.sees("got SIGCONT");
  assertEquals((await terminal.screen()).match(/got SIGTSTP/g)?.length, 1);
  await terminal.type("");
  await terminal.press("C-c");
  await terminal.press("C-c");
  await terminal.status(137);
});

onTerminal(
  "a child in the background is stopped when it reads, as any job, and fg gives it the input",
  async (terminal, stage) => {
    await terminal.type(`$B --quiet -- sh -c 'read x; echo "x=<$x>"' &`);
    const child = await waitFor("the child", () => pidOf(stage, `echo "x=<$x>"`));
    await waitFor("the child to be stopped", () => stateOf(child) === "T");
    await terminal.type("fg");
    await waitFor("the child to go on", () => stateOf(child) !== "T");
    await terminal.type("five");
    await terminal.sees("x=<five>");
    await terminal.status(0);
  },
);

onTerminal("closing it leaves nothing behind", async (terminal, stage) => {
  await terminal.type("$B -- sh -c 'setsid sleep 300 & sleep 300 & sleep 300'");
  await terminal.sees("Monitoring");
  await waitFor("all of the tree", () => marked(stage.mark).length >= 6);
  await terminal.close();
  await waitFor("the end of all", () => marked(stage.mark).length === 0, 5000);
});

onTerminal("closing it lets the child clean up: two hang-ups are one", async (terminal, stage) => {
  const file = await Deno.makeTempFile();
  try {
    const script = `trap 'sleep 0.5; echo cleaned up >${file}; exit 0' HUP; echo ready; ` +
      "while :; do sleep 0.1; done";
    await terminal.type(`$B -- bash -c "${script}"`);
    await terminal.sees("\nready");
    await terminal.close();
    await waitFor("the end of all", () => marked(stage.mark).length === 0, 5000);
    assertEquals(await Deno.readTextFile(file), "cleaned up\n");
  } finally {
    await Deno.remove(file);
  }
});

onTerminal("kill(1) reaches the child through bailout", async (terminal, stage) => {
  await terminal.type(`$B -- ${fixture("counts_signals.sh")}`);
  await terminal.sees("ready");
  Deno.kill(bailoutOf(stage), "SIGUSR1");
  await terminal.sees("got SIGUSR1");
  Deno.kill(bailoutOf(stage), "SIGTERM");
  await terminal.sees("got SIGTERM");
  await terminal.status(33);
});

onTerminal("SIGINT by kill(1) ends a child without a handler", async (terminal, stage) => {
  await terminal.type("$B -- sleep 300");
  await terminal.sees("Monitoring");
  Deno.kill(bailoutOf(stage), "SIGINT");
  await terminal.sees("exited (exit code: 130)");
  await terminal.status(130);
});

onTerminal("a new window size reaches the child", async (terminal) => {
  await terminal.type(`$B -- ${fixture("counts_signals.sh")}`);
  await terminal.sees("ready");
  await terminal.resize(120);
  await terminal.sees("got SIGWINCH");
  await terminal.press("C-c");
  await terminal.press("C-c");
  await terminal.status(137);
});

onTerminal("--signal-mode group gives the child a session without it", async (terminal) => {
  const script = 'read x; echo "x=<$x>"; (: </dev/tty) 2>/dev/null || echo no terminal; ' +
    "trap 'echo INT; exit 6' INT; echo ready; while :; do sleep 0.1; done";
  await terminal.type(`$B --signal-mode group -- bash -c '${script.replaceAll("'", `'"'"'`)}'`);
  await terminal.sees("Monitoring");
  await terminal.type("six");
  await terminal.sees("x=<six>");
  await terminal.sees("\nno terminal\nready");
  await terminal.press("C-c");
  await terminal.status(6);
  assertMatch(await terminal.screen(), /INT\n/);
});

onTerminal("a child that manages groups of its own can do so", async (terminal) => {
  await terminal.type("$B --quiet -- bash --norc --noprofile -i");
  await terminal.type("PS1='inner '");
  await terminal.sees(/^inner$/m);
  // What is typed before it has the terminal is the shell's.
  await terminal.type("sh -c 'echo ready; exec sleep 300'");
  await terminal.sees("\nready");
  await terminal.press("C-z");
  await terminal.sees(/Stopped[^]*inner$/);
  await terminal.type("fg");
  await terminal.sees(/fg\nsh -c .*$/);
  await terminal.press("C-c");
  await terminal.sees(/\^C\s*inner$/);
  await terminal.type("exit 9");
  await terminal.status(9);
});

onTerminal("without a shell above it Ctrl-Z freezes nothing", async (terminal, stage) => {
  await terminal.type(`exec $B -- ${fixture("counts_signals.sh")}`);
  await terminal.sees("ready");
  const bailout = bailoutOf(stage);
  await terminal.press("C-z");
  await terminal.sees("got SIGTSTP");
  Deno.kill(bailout, "SIGUSR1");
  await terminal.sees("got SIGUSR1");
  Deno.kill(bailout, "SIGTERM");
  await waitFor("the end of all", () => marked(stage.mark).length === 0, 5000);
});
