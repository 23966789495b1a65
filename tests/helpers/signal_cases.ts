import { type SignalName } from "../../src/core/signals.ts";
import { fixture, type Running, type Stage } from "./bailout.ts";
import { stateOf } from "./processes.ts";
import { waitFor } from "./wait_for.ts";

/** A program under test: bailout, or one of its peers. */
export interface Supervisor {
  readonly name: string;
  /** The command line that makes it supervise `command`. */
  supervising(command: readonly string[]): string[];
  /** How long anything may take, ms: short for peers, which are known to fail some cases. */
  readonly patienceMs: number;
  /** Who is asked to stop a second time kills; peers leave that to others. */
  readonly killsWhenAskedTwice: boolean;
}

export const SIGNALS = [
  "SIGHUP",
  "SIGINT",
  "SIGQUIT",
  "SIGTERM",
  "SIGUSR1",
  "SIGUSR2",
  "SIGWINCH",
  "SIGCONT",
  "SIGTSTP",
] as const;

export const MOMENTS = ["before the child is ready", "running", "stopping"] as const;

export interface SignalCase {
  readonly signal: typeof SIGNALS[number];
  readonly moment: typeof MOMENTS[number];
  readonly descendants: boolean;
  readonly flooding: boolean;
}

/** Every signal at every moment, to a child that is alone or not, quiet or not. */
export const SIGNAL_CASES: readonly SignalCase[] = SIGNALS.flatMap((signal) =>
  MOMENTS.flatMap((moment) =>
    [false, true].flatMap((descendants) =>
      [false, true].map((flooding) => ({ signal, moment, descendants, flooding }))
    )
  )
);

export function caseName({ moment, descendants, flooding }: SignalCase): string {
  const tree = descendants ? "with a descendant" : "alone";
  return `${moment}, ${tree}, ${flooding ? "flooding" : "quiet"}`;
}

const ENDS: ReadonlySet<SignalName> = new Set(["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"]);
/** Whose default action is death: 128+n. */
const KILLED: Partial<Record<SignalName, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGQUIT: 131,
  SIGTERM: 143,
  SIGUSR1: 138,
  SIGUSR2: 140,
};
/** What signal_tree.pl ends with of its own will. */
const OWN_CODE = 33;

/** One tree under a supervisor, and what can be seen of it. */
class Scene {
  readonly run: Running;
  readonly who: readonly string[];
  readonly #patienceMs: number;

  constructor(stage: Stage, supervisor: Supervisor, one: SignalCase, gate: string | undefined) {
    this.who = one.descendants ? ["leader", "descendant"] : ["leader"];
    this.#patienceMs = supervisor.patienceMs;
    const words = [
      ...(one.descendants ? ["descendants"] : []),
      ...(one.flooding ? ["flooding"] : []),
      ...(one.moment === "stopping" ? ["stubborn"] : []),
      ...(gate === undefined ? [] : [gate]),
    ];
    // Nobody wants to see the flood; and no core file.
    const script = 'ulimit -c 0; exec "$0" "$@" >/dev/null';
    const command = supervisor.supervising([fixture("signal_tree.pl"), ...words]);
    this.run = stage.start("sh", ["-c", script, ...command]);
  }

  wait(what: string, look: () => boolean): Promise<boolean> {
    return waitFor(what, look, this.#patienceMs);
  }

  /** Waits until each of the tree has reported `text` as often as this. */
  async all(text: string, times = 1): Promise<void> {
    for (const who of this.who) {
      await this.wait(
        `${times} times "${who} ${text}"`,
        () => this.run.stderr.split(`${who} ${text}`).length > times,
      );
    }
  }

  pids(): number[] {
    return this.who.map((who) =>
      Number(new RegExp(`${who} waits (\\d+)`).exec(this.run.stderr)![1])
    );
  }

  /** SIGTSTP: the tree sleeps or has heard of it, the supervisor sleeps, SIGCONT wakes both. */
  async suspended(meanwhile: () => Promise<void>): Promise<void> {
    this.run.kill("SIGTSTP");
    await this.wait("the supervisor to stop", () => stateOf(this.run.pid) === "T");
    // SIGCONT takes back a SIGTSTP that hasn't been taken yet.
    await this.wait("SIGTSTP to be taken", () => this.pids().every((pid) => !pendsTstp(pid)));
    await meanwhile();
    this.run.kill("SIGCONT");
    await this.wait("the supervisor to wake", () => stateOf(this.run.pid) !== "T");
  }

  async endsWith(code: number): Promise<void> {
    let outcome: { code: number } | undefined;
    this.run.outcome().then((ended) => outcome = ended);
    await this.wait("the end", () => outcome !== undefined);
    if (outcome!.code !== code) throw new Error(`ended with ${outcome!.code} instead of ${code}`);
  }
}

/** Whether SIGTSTP waits for a process to take it. */
function pendsTstp(pid: number): boolean {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return [...status.matchAll(/^(?:Sig|Shd)Pnd:\t(\w+)$/gm)]
    .some(([, mask]) => (BigInt(`0x${mask}`) & 1n << 19n) !== 0n);
}

/** @throws {Error} saying what was other than it has to be. */
export async function runSignalCase(
  stage: Stage,
  supervisor: Supervisor,
  one: SignalCase,
): Promise<void> {
  switch (one.moment) {
    case "before the child is ready":
      return await beforeReady(stage, supervisor, one);
    case "running":
      return await whileRunning(new Scene(stage, supervisor, one, undefined), one.signal);
    case "stopping":
      return await whileStopping(stage, supervisor, one);
  }
}

/** The default action happens: death, sleep, or nothing. */
async function beforeReady(
  stage: Stage,
  supervisor: Supervisor,
  one: SignalCase,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    const gate = `${dir}/gate`;
    await new Deno.Command("mkfifo", { args: [gate] }).output();
    const scene = new Scene(stage, supervisor, one, gate);
    await scene.all("waits");
    const code = KILLED[one.signal];
    if (code !== undefined) {
      scene.run.kill(one.signal);
      return await scene.endsWith(code);
    }
    if (one.signal === "SIGTSTP") {
      await scene.suspended(() =>
        scene.wait("the tree to sleep", () => scene.pids().every((pid) => stateOf(pid) === "T"))
          .then(() => {})
      );
    } else {
      scene.run.kill(one.signal);
    }
    // Open for reading too: the open then waits for nobody, and no reader sees an early end.
    using fifo = await Deno.open(gate, { read: true, write: true });
    await fifo.write(new Uint8Array(scene.who.length));
    await scene.all("ready");
    await finish(scene);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Each of the tree hears of it; the code is the child's own. */
async function whileRunning(scene: Scene, signal: SignalCase["signal"]): Promise<void> {
  await scene.all("ready");
  if (signal === "SIGTSTP") {
    await scene.suspended(() => Promise.resolve());
    await scene.all("got SIGCONT");
  } else {
    scene.run.kill(signal);
  }
  await scene.all(`got ${signal}`);
  if (ENDS.has(signal)) return await scene.endsWith(OWN_CODE);
  await finish(scene);
}

/** The tree has refused to end at SIGTERM. Who insists kills; the rest is passed on. */
async function whileStopping(
  stage: Stage,
  supervisor: Supervisor,
  one: SignalCase,
): Promise<void> {
  const scene = new Scene(stage, supervisor, one, undefined);
  const { signal } = one;
  await scene.all("ready");
  scene.run.kill("SIGTERM");
  await scene.all("got SIGTERM");
  if (signal === "SIGTSTP") {
    await scene.suspended(() => Promise.resolve());
  } else {
    scene.run.kill(signal);
  }
  if (signal === "SIGINT" || signal === "SIGQUIT" || signal === "SIGTERM") {
    return await scene.endsWith(137);
  }
  await scene.all(`got ${signal}`);
  if (!supervisor.killsWhenAskedTwice) return;
  scene.run.kill("SIGTERM");
  await scene.endsWith(137);
}

async function finish(scene: Scene): Promise<void> {
  scene.run.kill("SIGTERM");
  await scene.all("got SIGTERM");
  await scene.endsWith(OWN_CODE);
}
