import { assert, assertEquals, assertLess } from "@std/assert";
import { BINARY, e2e, fixture, type Running, type Stage } from "../helpers/bailout.ts";
import { outerPid, startAsInit, whyNoNamespace } from "../helpers/namespace.ts";
import { childrenOf, stateOf } from "../helpers/processes.ts";
import { waitFor } from "../helpers/wait_for.ts";

const noNamespace = await whyNoNamespace();

/** bailout, and its number out here. */
interface Started {
  run: Running;
  pid: number;
}

/** Both ways to get at orphans: the kernel gives them to PID 1, or to a subreaper above them. */
const WAYS: [name: string, start: (stage: Stage, args: string[]) => Promise<Started>][] = [
  ["as a subreaper", (stage, args) => {
    const run = stage.bailout(args);
    return Promise.resolve({ run, pid: run.pid });
  }],
  ["as PID 1", async (stage, args) => {
    const run = startAsInit(stage, [BINARY, ...args]);
    return { run, pid: await outerPid(run) };
  }],
];

/** Times that any thread of a process has gone to sleep, so far. */
function switchesOf(pid: number): number {
  let switches = 0;
  for (const { name } of Deno.readDirSync(`/proc/${pid}/task`)) {
    const status = Deno.readTextFileSync(`/proc/${pid}/task/${name}/status`);
    switches += Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)![1]);
  }
  return switches;
}

/** Processor time of a process and all its threads, in clock ticks of 10 ms. */
function cpuOf(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13);
  return Number(user) + Number(system);
}

for (const [way, start] of WAYS) {
  const skip = way === "as PID 1" ? noNamespace : undefined;
  const test = (name: string, body: Parameters<typeof e2e>[1]) =>
    e2e(`${way} ${name}`, body, { skip });

  test("an orphan is reaped within a second of its death", async (stage) => {
    const orphan = "until [ -e $0/end ]; do sleep 0.02; done; touch $0/ended";
    const dir = await Deno.makeTempDir();
    try {
      // The outer shell becomes a sleep, which waits for nobody; the middle one ends at once.
      const script = `sh -c '(sh -c "$1" "$0" &)' "$0" "$1"; exec sleep 300`;
      const { run, pid } = await start(stage, ["--", "sh", "-c", script, dir, orphan]);
      await waitFor("an orphan to be adopted", () => childrenOf(pid).length === 2);
      await Deno.writeTextFile(`${dir}/end`, "");
      await waitFor("the orphan's end", () => exists(`${dir}/ended`));
      await waitFor("it to be reaped", () => childrenOf(pid).length === 1, 1000);
      Deno.kill(pid, "SIGTERM");
      assertEquals((await run.outcome()).code, 143);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });

  test("a thousand orphans that die at once are all reaped", async (stage) => {
    const { run, pid } = await start(stage, ["--", fixture("orphans.pl"), "1000"]);
    await run.saw("ready");
    await waitFor("the end of all orphans", () => childrenOf(pid).length === 1);
    Deno.kill(pid, "SIGTERM");
    assertEquals((await run.outcome()).code, 21);
  });

  test("the child's code is never lost to the reaper, however many orphans die", async (stage) => {
    // The child ends in the middle of its orphans' deaths.
    const script = "i=0; while [ $i -lt 60 ]; do (sh -c 'exit 3' &); i=$((i + 1)); done; exit $0";
    for (const code of [0, 7, 42, 255]) {
      const { run } = await start(stage, ["--quiet", "--", "sh", "-c", script, String(code)]);
      assertEquals((await run.outcome()).code, code);
    }
  });

  test("being idle costs nothing but the tick", async (stage) => {
    const { run, pid } = await start(stage, ["--interval=2s", "--", "sh", "-c", "exec sleep 300"]);
    await run.saw("Monitoring");
    // The runtime's own threads take a while to come to rest after the start.
    let [before, since] = [switchesOf(pid), performance.now()];
    await waitFor("rest between two ticks", () => {
      if (performance.now() - since < 1000) return false;
      const now = switchesOf(pid);
      const resting = now - before <= 8;
      [before, since] = [now, performance.now()];
      return resting;
    });
    const cpu = cpuOf(pid);
    await waitFor("six seconds to pass", () => performance.now() - since > 6000);
    // Three ticks, each of which wakes the loop and at most some helper threads.
    assertLess(switchesOf(pid) - before, 3 * 10);
    assertLess(cpuOf(pid) - cpu, 10);
    Deno.kill(pid, "SIGTERM");
    assertEquals((await run.outcome()).code, 143);
  });
}

e2e("as PID 1 its end is the end of all, also by SIGKILL", async (stage) => {
  const run = startAsInit(stage, [BINARY, "--", "sh", "-c", "setsid sleep 300 & sleep 300"]);
  await run.saw("Monitoring");
  Deno.kill(await outerPid(run), "SIGKILL");
  await run.exited();
}, { skip: noNamespace });

e2e("as PID 1 SIGTERM, SIGINT and SIGHUP are never lost once it speaks", async (stage) => {
  for (const [signal, code] of [["SIGTERM", 143], ["SIGINT", 130], ["SIGHUP", 129]] as const) {
    const run = startAsInit(stage, [BINARY, "--", "sleep", "300"]);
    await run.saw("Starting");
    Deno.kill(await outerPid(run), signal);
    assertEquals((await run.outcome()).code, code);
  }
}, { skip: noNamespace });

e2e("`setpriv --pdeathsig` ends the child when bailout is killed", async (stage) => {
  const child = ["setpriv", "--pdeathsig", "KILL", "sleep", "300"];
  const run = stage.bailout(["--", ...child]);
  const pid = Number(/PID: (\d+)/.exec((await run.saw("Monitoring"), run.stderr))![1]);
  await waitFor("the sleep", () => Deno.readTextFileSync(`/proc/${pid}/comm`) === "sleep\n");
  run.kill("SIGKILL");
  await waitFor("the child's end", () => stateOf(pid) === undefined || stateOf(pid) === "Z", 2000);
  assert((await run.outcome()).signal === "SIGKILL");
}, { skip: await whyNoSetpriv(), leavesZombies: true });

async function whyNoSetpriv(): Promise<string | undefined> {
  try {
    await new Deno.Command("setpriv", { args: ["--help"], stdout: "null" }).output();
  } catch {
    return "no setpriv here";
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
