import type { Bench } from "./bench.ts";
import { monotonic } from "./libc.ts";
import { generateBlock } from "./log_data.ts";

/** What the agent of one sample does. */
export interface Plan {
  /** From its start to the fatal line, seconds. */
  readonly delay: number;
  /** Whether it prints harmless lines all the time, at {@linkcode FLOOD_BYTES_PER_SECOND}. */
  readonly flood: boolean;
}

/** When things happened to an agent, in seconds of the monotonic clock. */
export interface Sample {
  readonly began: number;
  /** Just before the fatal line was written. */
  readonly wrote: number;
  /** When SIGTERM arrived, or the wrapper said that there is an error; Infinity: never. */
  readonly noticed: number;
}

const FLOOD_BYTES_PER_SECOND = 50e6;
const FLOOD_LINES = 10_000;
/** How long after the fatal line it may be noticed: a tick or poll every 5 seconds, and time to spare. */
const PATIENCE_SECONDS = 8;

/** Starts agents under bailout or under the wrapper, and says when each was noticed. */
export class AgentTimer {
  readonly #bench: Bench;
  readonly #script: string;
  readonly #lines: string;
  #count = 0;

  constructor(bench: Bench) {
    this.#bench = bench;
    // The wrapper cuts the agent's command at spaces: no path of a user's may stand in it.
    this.#script = bench.workspace.memoryFile("fatal_line.pl");
    this.#lines = bench.workspace.memoryFile("flood.log");
    Deno.copyFileSync(new URL("../agents/fatal_line.pl", import.meta.url), this.#script);
    Deno.writeFileSync(this.#lines, generateBlock(FLOOD_LINES));
  }

  async underBailout(interval: "0" | "5s", plan: Plan): Promise<Sample> {
    const { workspace, bailout } = this.#bench;
    const { report, command } = this.#agent(plan);
    const child = workspace.start("bash", [
      ...["-c", '"$@" | cat >/dev/null', "bench"],
      ...[bailout, "--interval", interval, "--", ...command],
    ]);
    await this.#ended(child.status, plan, report);
    return readReport(report);
  }

  /**
   * The wrapper tells its agent nothing: what counts is its own line, as soon as grep can read it.
   * What it leaves running is killed.
   */
  async underWrapper(wrapper: string, plan: Plan): Promise<Sample> {
    const { report, command } = this.#agent(plan);
    const log = `${report}.log`;
    const child = this.#bench.workspace.start(
      "bash",
      ["-c", 'bash "$1" | grep -a --line-buffered -m1 "FATAL ERROR DETECTED"', "bench", wrapper],
      { stdout: "piped", env: { LOG_FILE: log, AGENT_CMD: command.join(" ") } },
    );
    let noticed = Infinity;
    const read = async () => {
      for await (const _ of child.stdout) noticed = Math.min(noticed, monotonic());
    };
    await this.#ended(Promise.race([read(), child.status]), plan, report);
    killAgent(report);
    await child.status;
    await Deno.remove(log);
    return { ...readReport(report), noticed };
  }

  #agent({ delay, flood }: Plan): { report: string; command: string[] } {
    const report = this.#bench.workspace.memoryFile(`report-${this.#count++}`);
    const flooding = flood ? [this.#lines, String(FLOOD_BYTES_PER_SECOND)] : [];
    return { report, command: ["perl", this.#script, report, delay.toFixed(4), ...flooding] };
  }

  /** Waits for `end`; without its agent whatever supervises it ends. */
  async #ended(end: Promise<unknown>, { delay }: Plan, report: string): Promise<void> {
    const patience = setTimeout(() => killAgent(report), (delay + PATIENCE_SECONDS) * 1000);
    try {
      await end;
    } finally {
      clearTimeout(patience);
    }
  }
}

/** @throws {Error} if the agent hasn't come to its fatal line. */
function readReport(path: string): Sample {
  const text = Deno.readTextFileSync(path);
  const time = (name: string) => Number(new RegExp(`^${name} (.*)$`, "m").exec(text)?.[1] ?? NaN);
  const stopped = time("stopped");
  const sample = { began: time("began"), wrote: time("wrote") };
  if (Number.isNaN(sample.wrote)) throw new Error(`The agent printed no fatal line: ${text}`);
  return { ...sample, noticed: Number.isNaN(stopped) ? Infinity : stopped };
}

function killAgent(report: string): void {
  try {
    const pid = /^pid (\d+)/m.exec(Deno.readTextFileSync(report))?.[1];
    if (pid !== undefined) Deno.kill(Number(pid), "SIGKILL");
  } catch {
    // It has ended, or never begun.
  }
}
