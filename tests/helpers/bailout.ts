import { buryAll, unreaped } from "./orphanage.ts";
import { MARK, marked } from "./processes.ts";
import { waitFor } from "./wait_for.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** The compiled binary under test; `BAILOUT_BINARY` names another one. */
export const BINARY = Deno.env.get("BAILOUT_BINARY") ?? `${ROOT}dist/bailout`;

/** Path of a one-trick child in tests/fixtures. */
export function fixture(name: string): string {
  return `${ROOT}tests/fixtures/${name}`;
}

export interface Outcome {
  code: number;
  signal: string | null;
  stdout: string;
  stderr: string;
  /** From start to end, ms. */
  ms: number;
}

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string | Uint8Array<ArrayBuffer>;
}

/** A process with its output so far; everything is collected, nothing is lost. */
export class Running {
  readonly #child: Deno.ChildProcess;
  readonly #startedAt = performance.now();
  readonly #texts = { stdout: "", stderr: "" };
  readonly #ended: Promise<void>;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#ended = Promise.all([this.#collect("stdout"), this.#collect("stderr")]).then(() => {});
  }

  get pid(): number {
    return this.#child.pid;
  }

  get stdout(): string {
    return this.#texts.stdout;
  }

  get stderr(): string {
    return this.#texts.stderr;
  }

  /** Waits until `text` has come out of either stream. */
  async saw(text: string): Promise<void> {
    await waitFor(
      `${JSON.stringify(text)} in ${JSON.stringify(this.stdout + this.stderr)}`,
      () => this.stdout.includes(text) || this.stderr.includes(text),
    );
  }

  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Resolves at the process's end, even while others hold its output open. */
  async exited(): Promise<void> {
    await this.#child.status;
  }

  async outcome(): Promise<Outcome> {
    const { code, signal } = await this.#child.status;
    const ms = performance.now() - this.#startedAt;
    await this.#ended;
    return { code, signal, ...this.#texts, ms };
  }

  async #collect(stream: "stdout" | "stderr"): Promise<void> {
    for await (const text of this.#child[stream].pipeThrough(new TextDecoderStream())) {
      this.#texts[stream] += text;
    }
  }
}

/** What a test uses to start processes; each of them carries the test's mark. */
export class Stage {
  readonly mark = crypto.randomUUID();
  /** Pids of what was started here. */
  readonly started = new Set<number>();

  /** Starts any program. */
  start(program: string, args: readonly string[], options: RunOptions = {}): Running {
    const child = new Deno.Command(program, {
      args: [...args],
      env: { NO_COLOR: "1", ...options.env, [MARK]: this.mark },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdin: options.stdin === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.started.add(child.pid);
    if (options.stdin !== undefined) {
      const bytes = typeof options.stdin === "string"
        ? new TextEncoder().encode(options.stdin)
        : options.stdin;
      new Blob([bytes]).stream().pipeTo(child.stdin).catch(() => {});
    }
    return new Running(child);
  }

  /** Starts bailout. */
  bailout(args: readonly string[], options?: RunOptions): Running {
    return this.start(BINARY, args, options);
  }

  /** Runs bailout to its end. */
  run(args: readonly string[], options?: RunOptions): Promise<Outcome> {
    return this.bailout(args, options).outcome();
  }

  /** Kills what a peer has left behind: the bash wrapper does. */
  killAll(): void {
    for (const { pid } of marked(this.mark)) {
      try {
        Deno.kill(pid, "SIGKILL");
      } catch {
        // Gone between the listing and the kill.
      }
    }
  }
}

/**
 * An end-to-end test. When it is over, no process that it started may be left, nor a zombie: except
 * with `leavesZombies`, where bailout itself is killed or a peer runs.
 * A reason in `skip` switches it off and stands in its name.
 */
export function e2e(
  name: string,
  body: (stage: Stage, context: Deno.TestContext) => Promise<void>,
  options: { skip?: string | undefined; leavesZombies?: boolean } = {},
): void {
  Deno.test({
    name: options.skip === undefined ? name : `${name} (skipped: ${options.skip})`,
    ignore: options.skip !== undefined,
    fn: async (context) => {
      const stage = new Stage();
      try {
        await body(stage, context);
        await waitFor("the end of every process", () => marked(stage.mark).length === 0, 3000)
          .catch(() => {
            throw new Error(`Survivors: ${JSON.stringify(marked(stage.mark))}`);
          });
        if (options.leavesZombies !== true) {
          await waitFor("every zombie to be reaped", () => unreaped().length === 0);
        }
      } finally {
        stage.killAll();
        await waitFor("all to be dead", () => marked(stage.mark).length === 0, 3000);
        buryAll(stage.started);
      }
    },
  });
}
