import { BINARY } from "../helpers/bailout.ts";
import { openFiles, ownMemory } from "../helpers/memory.ts";
import { MARK, marked } from "../helpers/processes.ts";
import { waitFor } from "../helpers/wait_for.ts";
import { Dice } from "../fuzz/dice.ts";
import { harmless } from "./random_output.ts";
import { AGENT_PROGRAM } from "./run_case.ts";

const SIGNALS = ["SIGUSR1", "SIGWINCH", "SIGCONT"] as const;
const SAMPLE_MS = 100;
const EXIT_CODE = 7;
/** What is being killed may take that long to be gone, ms. */
const GONE_MS = 3000;

interface Sample {
  readonly memory: number;
  readonly files: number;
}

export interface LongRunReport {
  readonly seconds: number;
  readonly bytes: number;
  readonly signals: number;
  /** The least in a span of the run: what is left when V8 has collected its garbage. */
  readonly early: Sample;
  readonly late: Sample;
  readonly problems: readonly string[];
}

/** One bailout for the whole soak, whose agent prints, forks and is signalled all the time. */
export class LongRun {
  readonly #dir = Deno.makeTempDirSync({ prefix: "soak-long-" });
  readonly #mark = crypto.randomUUID();
  readonly #startedAt = performance.now();
  readonly #samples: Sample[] = [];
  readonly #problems: string[] = [];
  readonly #child: Deno.ChildProcess;
  readonly #read: Promise<number>[];
  readonly #timer: number;
  /** The agent can take signals. */
  #outputHasCome = false;

  constructor(seed: number) {
    const dice = new Dice(seed);
    const out = harmless(dice, 400_000);
    const err = harmless(dice, 50_000);
    Deno.writeFileSync(`${this.#dir}/out`, out);
    Deno.writeFileSync(`${this.#dir}/err`, err);
    const round = `trap:${EXIT_CODE} ready write:out:${out.length}:5000:0 sleep:20 orphans:3 ` +
      `write:err:${err.length}:700:0 sleep:100 rewind loop`;
    const options = ["--quiet", "--interval=50ms", `--log-file=${this.#dir}/log`];
    this.#child = new Deno.Command(BINARY, {
      args: [...options, "--", "perl", AGENT_PROGRAM, this.#dir, ...round.split(" ")],
      env: { [MARK]: this.#mark },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#read = [this.#compare("stdout", out), this.#compare("stderr", err)];
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  /** Ends the run and says what came of it. */
  async end(): Promise<LongRunReport> {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    clearInterval(this.#timer);
    if (!this.#outputHasCome) this.#problems.push("the long run printed nothing");
    this.#child.kill("SIGTERM");
    const { code } = await this.#child.status;
    await waitFor("nobody", () => marked(this.#mark).length === 0, GONE_MS).catch(() => {});
    if (code !== EXIT_CODE) this.#problems.push(`the long run ended with ${code}`);
    const [out, err] = await Promise.all(this.#read);
    const left = marked(this.#mark);
    if (left.length > 0) this.#problems.push(`the long run left ${JSON.stringify(left)} behind`);
    for (const { pid } of left) Deno.kill(pid, "SIGKILL");
    await Deno.remove(this.#dir, { recursive: true });
    const count = this.#samples.length;
    return {
      seconds,
      bytes: out! + err!,
      signals: count,
      early: least(this.#samples.slice(count * 0.1, count * 0.3)),
      late: least(this.#samples.slice(count * 0.8)),
      problems: this.#problems,
    };
  }

  #sample(): void {
    if (!this.#outputHasCome) return;
    const { pid } = this.#child;
    this.#samples.push({ memory: ownMemory(pid), files: openFiles(pid) });
    try {
      this.#child.kill(SIGNALS[this.#samples.length % SIGNALS.length]!);
    } catch {
      // It has ended, of which the exit code tells.
    }
  }

  /** Reads a stream, which has to be `round` over and over; how many bytes there were. */
  async #compare(stream: "stdout" | "stderr", round: Uint8Array): Promise<number> {
    let length = 0;
    for await (const chunk of this.#child[stream]) {
      const right = chunk.every((byte, i) => byte === round[(length + i) % round.length]);
      if (!right) this.#problems.push(`${stream} differs after byte ${length} of the long run`);
      length += chunk.length;
      this.#outputHasCome = true;
    }
    return length;
  }
}

function least(samples: readonly Sample[]): Sample {
  return {
    memory: Math.min(...samples.map(({ memory }) => memory)),
    files: Math.min(...samples.map(({ files }) => files)),
  };
}
