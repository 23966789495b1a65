import { assertEquals, assertLess } from "@std/assert";
import { BINARY, e2e, fixture, type Running, type Stage } from "../helpers/bailout.ts";

/** Starts a command with these signals ignored and those blocked, as a careless parent would. */
function startWith(stage: Stage, ignored: string, blocked: string, command: string[]): Running {
  const setup = `use POSIX; $SIG{$_} = "IGNORE" for qw(${ignored});` +
    `sigprocmask(SIG_BLOCK, POSIX::SigSet->new(map { POSIX->can("SIG$_")->() } qw(${blocked})));` +
    "exec @ARGV";
  return stage.start("perl", ["-e", setup, ...command]);
}

const SOME = "HUP INT QUIT USR1 USR2 PIPE ALRM TERM CHLD CONT TSTP TTIN TTOU";

for (
  const [name, ignored, blocked] of [
    ["ignored", SOME, ""],
    ["blocked", "", SOME],
    ["ignored and blocked", SOME, SOME],
  ] as const
) {
  e2e(`the child starts with defaults, although signals were ${name}`, async (stage) => {
    const command = [BINARY, "--quiet", "--", "cat", "/proc/self/status"];
    const { code, stdout } = await startWith(stage, ignored, blocked, command).outcome();
    assertEquals(code, 0);
    const masks = [...stdout.matchAll(/^Sig(?:Blk|Ign|Cgt):\t(\w+)$/gm)].map(([, mask]) => mask);
    // Signal 32 is glibc's own, which its sigaction(2) doesn't touch: ignored by this test's runtime.
    assertEquals(masks.map((mask) => BigInt(`0x${mask}`) & 0x7fffffffn), [0n, 0n, 0n]);
  });

  e2e(`signals that were ${name} at the start are forwarded`, async (stage) => {
    const command = [BINARY, "--", fixture("signal_tree.pl")];
    const run = startWith(stage, ignored, blocked, command);
    await run.saw("leader ready");
    for (const signal of ["SIGUSR1", "SIGUSR2", "SIGCONT"] as const) {
      run.kill(signal);
      await run.saw(`got ${signal}`);
    }
    run.kill("SIGINT");
    assertEquals((await run.outcome()).code, 33);
  });
}

e2e("nohup keeps a hang-up from bailout and its child", async (stage) => {
  const run = stage.start("nohup", [BINARY, "--", fixture("signal_tree.pl")]);
  await run.saw("leader ready");
  run.kill("SIGHUP");
  run.kill("SIGUSR1");
  await run.saw("got SIGUSR1");
  run.kill("SIGTERM");
  const { code, stderr, ms } = await run.outcome();
  assertEquals(code, 33);
  assertEquals(stderr.includes("SIGHUP"), false);
  assertLess(ms, 30_000);
});

e2e(
  "a job in the background of a script is stopped by SIGINT, which it starts out ignoring",
  async (stage) => {
    const script =
      `${BINARY} -- sh -c 'echo ready >&2; exec sleep 300' & echo $!; wait $!; echo "code $?"`;
    const run = stage.start("sh", ["-c", script]);
    await run.saw("ready");
    Deno.kill(parseInt(run.stdout), "SIGINT");
    await run.saw("code 130");
    await run.outcome();
  },
);
