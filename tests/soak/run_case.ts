import { BINARY } from "../helpers/bailout.ts";
import { openFiles, ownMemory } from "../helpers/memory.ts";
import { MARK, marked, stateOf } from "../helpers/processes.ts";
import { waitFor } from "../helpers/wait_for.ts";
import { AGENT } from "./own_messages.ts";
import { joined } from "./random_output.ts";
import type { Reader, SoakCase, SoakOutcome } from "./soak_case.ts";

export const AGENT_PROGRAM = new URL("agent.pl", import.meta.url).pathname;
/** Long after the longest case: what takes as long hangs. */
const TIMEOUT_MS = 40_000;
/** What is being killed may take that long to be gone, ms. */
const GONE_MS = 3000;
const SAMPLE_MS = 25;
const FILES = '>"$0/out.got" 2>"$0/err.got"';

/** Runs a case with real processes; nothing of it is left afterwards, whatever came of it. */
export async function runCase(soaked: SoakCase): Promise<SoakOutcome> {
  const dir = await Deno.makeTempDir({ prefix: "soak-" });
  const mark = crypto.randomUUID();
  try {
    await Deno.writeFile(`${dir}/out`, soaked.out);
    await Deno.writeFile(`${dir}/err`, soaked.err);
    return await new CaseRun(soaked, dir, mark).outcome();
  } finally {
    for (const { pid } of marked(mark)) kill(pid, "SIGKILL");
    await Deno.remove(dir, { recursive: true });
  }
}

class CaseRun {
  readonly #soaked: SoakCase;
  readonly #dir: string;
  readonly #mark: string;
  readonly #child: Deno.ChildProcess;
  #ready = false;
  #ended = false;
  #memory = 0;
  #files = 0;

  constructor(soaked: SoakCase, dir: string, mark: string) {
    this.#soaked = soaked;
    this.#dir = dir;
    this.#mark = mark;
    const options = soaked.options.map((option) => option.replace("LOG", `${dir}/log`));
    const command = soaked.steps.length === 0
      ? [`${dir}/no-such-agent`]
      : ["perl", AGENT_PROGRAM, dir, ...soaked.steps];
    // Into files: a harness that is busy would be a reader that stalls, for which a stop won't wait.
    const redirect = soaked.reader.how === "fast" ? FILES : '2>"$0/err.got"';
    const words = [BINARY, `--name=${AGENT}`, ...options, "--", ...command];
    this.#child = new Deno.Command("sh", {
      args: ["-c", `exec "$@" ${redirect}`, dir, ...words],
      env: { NO_COLOR: "1", [MARK]: mark },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
  }

  async outcome(): Promise<SoakOutcome> {
    const out = collect(this.#child.stdout, this.#soaked.reader);
    const status = this.#child.status.then((status) => {
      this.#ended = true;
      return status;
    });
    const signals = this.#sendSignals();
    const sampled = this.#watch();
    const inTime = await waitFor("the end", () => this.#ended, TIMEOUT_MS).catch(() => false);
    const leaked = await this.#leftovers();
    if (!inTime) kill(this.#child.pid, "SIGKILL");
    const { code, signal } = await status;
    await Promise.all([signals, sampled]);
    return {
      code: inTime ? code : undefined,
      signal: inTime ? signal : null,
      out: this.#soaked.reader.how === "fast" ? await this.#got("out") : await out,
      err: await this.#got("err"),
      written: { out: await this.#written("out"), err: await this.#written("err") },
      logged: await Deno.stat(`${this.#dir}/log`).then(({ size }) => size, () => undefined),
      leaked,
      memory: this.#memory,
      files: this.#files,
    };
  }

  async #sendSignals(): Promise<void> {
    const ready = `${this.#dir}/ready`;
    await this.#until(() => Deno.stat(ready).then(() => true, () => false));
    this.#ready = true;
    const from = performance.now();
    for (const { afterMs, signal } of this.#soaked.signals) {
      await this.#until(() => performance.now() - from >= afterMs);
      if (this.#ended) return;
      kill(this.#child.pid, signal);
    }
  }

  /** Looks at bailout now and then, and wakes it once it has been stopped for a while. */
  async #watch(): Promise<void> {
    for (let stopped = 0; !this.#ended;) {
      // Until its exec it is a copy of us.
      if (this.#ready) this.#measure();
      stopped = stateOf(this.#child.pid) === "T" ? stopped + 1 : 0;
      if (stopped >= 3) kill(this.#child.pid, "SIGCONT");
      await pause(SAMPLE_MS);
    }
  }

  #measure(): void {
    this.#memory = Math.max(this.#memory, ownMemory(this.#child.pid));
    this.#files = Math.max(this.#files, openFiles(this.#child.pid));
  }

  async #leftovers(): Promise<string[]> {
    const left = () => marked(this.#mark).filter(({ state }) => state !== "Z");
    await waitFor("nobody", () => left().length === 0, GONE_MS).catch(() => {});
    return left().map(({ command, state }) => `${command} (${state})`);
  }

  async #got(stream: "out" | "err"): Promise<Uint8Array> {
    return await Deno.readFile(`${this.#dir}/${stream}.got`);
  }

  async #written(stream: "out" | "err"): Promise<number> {
    const note = await Deno.readTextFile(`${this.#dir}/${stream}.at`).catch(() => "");
    return Number(note);
  }

  async #until(look: () => boolean | Promise<boolean>): Promise<void> {
    while (!this.#ended && !await look()) await pause(2);
  }
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  reader: Reader,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop closes the pipe.
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (reader.how === "slow") await pause(reader.pauseMs);
    if (reader.how === "gone" && length >= reader.afterBytes) break;
  }
  return joined(...chunks);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function kill(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // It has ended since.
  }
}
