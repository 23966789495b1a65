import { isFile } from "./is_file.ts";
import { writeLog } from "./log_data.ts";
import type { Row } from "./row.ts";
import { BenchUsageError, type Settings } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** Measures one thing; its rows go into the table. */
export type Benchmark = (bench: Bench) => Promise<Row[]>;

const ROOT = new URL("../../", import.meta.url).pathname;

/** What every benchmark gets: how much to do, where, and with whom. */
export class Bench {
  readonly settings: Settings;
  readonly workspace: Workspace;
  /** The binary under test. */
  readonly bailout: string;
  readonly #skipped = new Set<string>();
  #log: Promise<string> | undefined;

  /** @throws {BenchUsageError} if there is no such binary. */
  constructor(settings: Settings, workspace: Workspace, bailout: string | undefined) {
    this.settings = settings;
    this.workspace = workspace;
    this.bailout = bailout || `${ROOT}dist/bailout`;
    if (!isFile(this.bailout)) {
      throw new BenchUsageError(`BAILOUT: there is no file ${JSON.stringify(this.bailout)}`);
    }
  }

  /** The wrapper that bailout replaces; `undefined`, and noted, where it isn't beside the repository. */
  get wrapper(): string | undefined {
    const path = new URL("../shared/reference/entrypoint-wrapper.sh", `file://${ROOT}`).pathname;
    return this.#noted("the bash wrapper", isFile(path) ? path : undefined);
  }

  /** Path of an installed program; `undefined`, and noted, where it isn't. */
  program(name: string): string | undefined {
    const folders = (Deno.env.get("PATH") ?? "").split(":");
    return this.#noted(name, folders.map((folder) => `${folder}/${name}`).find(isFile));
  }

  /** What was missing so far. */
  get skipped(): readonly string[] {
    return [...this.#skipped];
  }

  /** Path of the log of `BENCH_MB`, generated when it is first asked for. */
  log(): Promise<string> {
    const path = this.workspace.file("job.log");
    return this.#log ??= writeLog(path, this.settings.BENCH_MB * 1e6).then(() => path);
  }

  #noted(name: string, path: string | undefined): string | undefined {
    if (path === undefined) this.#skipped.add(name);
    return path;
  }
}
