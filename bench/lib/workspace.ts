import { MARK, marked } from "../../tests/helpers/processes.ts";

const TMPFS = "/dev/shm";

/** Where a benchmark keeps its files and what it starts its processes from: `close` ends both. */
export class Workspace {
  readonly #folder = Deno.makeTempDirSync({ prefix: "bailout-bench-" });
  readonly #memory = makeMemoryFolder();
  readonly #mark = crypto.randomUUID();

  /** Path of a file on the disk that holds temporary files; what was just written is cached. */
  file(name: string): string {
    return `${this.#folder}/${name}`;
  }

  /** Path of a file in memory, where there is a tmpfs. */
  memoryFile(name: string): string {
    return `${this.#memory}/${name}`;
  }

  /** Starts a program, with no input and its messages dropped unless `options` say otherwise. */
  start(
    program: string,
    args: readonly string[],
    options: Partial<Deno.CommandOptions> = {},
  ): Deno.ChildProcess {
    return new Deno.Command(program, {
      stdin: "null",
      stdout: "null",
      stderr: "null",
      ...options,
      args: [...args],
      env: { ...options.env, [MARK]: this.#mark },
    }).spawn();
  }

  /**
   * Runs a program to its end.
   * @throws {Error} with the end of its stderr, unless it exits with 0 or what `accepted` lists.
   */
  async run(program: string, args: readonly string[], accepted: number[] = []): Promise<void> {
    const child = this.start(program, args, { stderr: "piped" });
    const { code, stderr } = await child.output();
    if (code === 0 || accepted.includes(code)) return;
    const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
    throw new Error(`${program} ${args.join(" ")} ended with exit code ${code}: ${said}`);
  }

  /** Kills whatever was started here and still lives: the wrapper leaves its agent behind. */
  killAll(): void {
    for (const { pid } of marked(this.#mark)) {
      try {
        Deno.kill(pid, "SIGKILL");
      } catch {
        // It ended meanwhile.
      }
    }
  }

  /** Kills what is left and removes the files. May be called again. */
  close(): void {
    this.killAll();
    for (const folder of [this.#folder, this.#memory]) {
      try {
        Deno.removeSync(folder, { recursive: true });
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
  }
}

function makeMemoryFolder(): string {
  try {
    return Deno.makeTempDirSync({ prefix: "bailout-bench-", dir: TMPFS });
  } catch {
    return Deno.makeTempDirSync({ prefix: "bailout-bench-" });
  }
}
