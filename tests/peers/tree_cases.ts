import { fixture, type Running, type Stage } from "../helpers/bailout.ts";
import { outerPid, startAsInit } from "../helpers/namespace.ts";
import { childrenOf, marked, stateOf } from "../helpers/processes.ts";
import { type Supervisor } from "../helpers/signal_cases.ts";
import { waitFor } from "../helpers/wait_for.ts";

/** What an init is expected to do besides forwarding; each throws where it isn't done. */
export interface TreeCase {
  readonly name: string;
  run(stage: Stage, supervisor: Supervisor): Promise<void>;
}

const STUBBORN = fixture("ignores_term.sh");

function start(stage: Stage, supervisor: Supervisor, script: string): Running {
  const [program, ...args] = supervisor.supervising(["sh", "-c", script]);
  return stage.start(program!, args);
}

/** Runs `script` to its end, after which nothing may be left. */
async function endsClean(stage: Stage, supervisor: Supervisor, script: string): Promise<void> {
  const run = start(stage, supervisor, script);
  await over(run, supervisor);
  await nothingLeft(stage, supervisor);
}

async function over(run: Running, supervisor: Supervisor): Promise<void> {
  let ended = false;
  run.exited().then(() => ended = true);
  await waitFor("the end", () => ended, supervisor.patienceMs);
}

async function nothingLeft(stage: Stage, supervisor: Supervisor): Promise<void> {
  await waitFor("the end of all", () => marked(stage.mark).length === 0, supervisor.patienceMs);
}

/** The child's signal masks, when the supervisor was started with some ignored and one blocked. */
async function childStartsWithDefaults(stage: Stage, supervisor: Supervisor): Promise<void> {
  const setup = "$SIG{$_} = 'IGNORE' for qw(HUP INT QUIT USR1 TSTP TTIN TTOU); use POSIX; " +
    "sigprocmask(SIG_BLOCK, POSIX::SigSet->new(SIGUSR2)); exec @ARGV";
  const command = supervisor.supervising(["cat", "/proc/self/status"]);
  const { stdout } = await stage.start("perl", ["-e", setup, ...command]).outcome();
  for (const field of ["SigBlk", "SigIgn", "SigCgt"]) {
    const mask = BigInt(`0x${new RegExp(`${field}:\\s*(\\w+)`).exec(stdout)?.[1]}`);
    // Signal 32 is glibc's own.
    if ((mask & 0x7fffffffn) !== 0n) throw new Error(`${field} is ${mask.toString(16)}`);
  }
}

export const TREE_CASES: readonly TreeCase[] = [
  {
    name: "PID 1: a thousand orphans that die at once are reaped",
    async run(stage, supervisor) {
      const run = startAsInit(
        stage,
        supervisor.supervising([fixture("orphans.pl"), "1000"]),
      );
      await run.saw("ready");
      const pid = await outerPid(run);
      await waitFor("the end of all", () => childrenOf(pid).length === 1, supervisor.patienceMs);
    },
  },
  {
    name: "PID 1: a signal in its first milliseconds isn't lost",
    async run(stage, supervisor) {
      const run = startAsInit(stage, supervisor.supervising(["sleep", "300"]));
      const pid = await outerPid(run);
      const program = supervisor.supervising([])[0]!.split("/").at(-1)!;
      await waitFor("exec", () => Deno.readTextFileSync(`/proc/${pid}/comm`).trim() === program);
      Deno.kill(pid, "SIGTERM");
      await over(run, supervisor);
    },
  },
  {
    name: "the child starts with default dispositions and an empty mask",
    run: childStartsWithDefaults,
  },
  {
    name: "`nohup` keeps a hang-up from ending it",
    async run(stage, supervisor) {
      const command = supervisor.supervising(["sh", "-c", "echo ready >&2; exec sleep 300"]);
      const run = stage.start("nohup", command);
      await run.saw("ready");
      run.kill("SIGHUP");
      const ended = await over(run, { ...supervisor, patienceMs: 500 }).then(
        () => true,
        () => false,
      );
      if (ended) throw new Error("it ended");
    },
  },
  {
    name: "what the child leaves in its group is gone when the supervisor is",
    run: (stage, supervisor) => endsClean(stage, supervisor, "sleep 300 & exit 3"),
  },
  {
    name: "so is a descendant that ignores SIGTERM",
    run: (stage, supervisor) => endsClean(stage, supervisor, `${STUBBORN} & sleep 0.2; exit 3`),
  },
  {
    name: "so is a descendant in a session of its own",
    run: (stage, supervisor) =>
      endsClean(stage, supervisor, "setsid sleep 300 & sleep 0.2; exit 3"),
  },
  {
    name: "a child that ignores SIGTERM is killed after a grace",
    async run(stage, supervisor) {
      const run = start(stage, supervisor, `exec ${STUBBORN}`);
      await run.saw("ready");
      run.kill("SIGTERM");
      await over(run, supervisor);
    },
  },
  {
    name: "a child that has stopped itself can be ended by SIGTERM",
    async run(stage, supervisor) {
      const run = start(stage, supervisor, "echo $$ ready; kill -STOP $$; sleep 300");
      await run.saw("ready");
      const pid = parseInt(run.stdout);
      await waitFor("the child to stop", () => stateOf(pid) === "T");
      run.kill("SIGTERM");
      await over(run, supervisor);
    },
  },
];
