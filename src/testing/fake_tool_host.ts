import { LogError, type LogSource } from "../host/log_source.ts";
import type { ToolHost } from "../host/tool_host.ts";
import { bytes } from "./builders.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeWriter } from "./fake_writer.ts";

/** What a fake log does when it is read. */
export interface FakeLog {
  /** Each a chunk; an `Error` is thrown there. */
  readonly chunks: readonly (string | Error)[];
  /** Ms that pass with each chunk. */
  readonly msEach?: number;
}

/** A world of named logs, for the commands that start nothing. */
export class FakeToolHost implements ToolHost {
  readonly stdout = new FakeWriter();
  readonly stderr = new FakeWriter();
  readonly clock = new FakeClock();
  readonly logs = new Map<string, FakeLog>();
  /** Names of logs in the order of opening and closing. */
  readonly calls: string[] = [];
  readonly loadCode = undefined;
  colorful = false;
  watched = false;
  /** Chunks handed out so far. */
  read = 0;

  constructor(logs: Record<string, string | FakeLog> = {}) {
    for (const [name, log] of Object.entries(logs)) {
      this.logs.set(name, typeof log === "string" ? { chunks: [log] } : log);
    }
  }

  probeLog(path: string): Promise<void> {
    return this.logs.has(path)
      ? Promise.resolve()
      : Promise.reject(new LogError("there is no such file or directory"));
  }

  async openLog(path: string): Promise<LogSource> {
    await this.probeLog(path);
    this.calls.push(`open ${path}`);
    const { chunks, msEach = 0 } = this.logs.get(path)!;
    const sizes = chunks.map((chunk) => typeof chunk === "string" ? bytes(chunk).length : 0);
    let position = 0;
    // deno-lint-ignore no-this-alias
    const host = this;
    return {
      size: path === "-" ? undefined : sizes.reduce((sum, size) => sum + size, 0),
      get position() {
        return position;
      },
      async *chunks() {
        for (const [index, chunk] of chunks.entries()) {
          if (typeof chunk !== "string") throw chunk;
          host.read++;
          host.clock.skip(msEach);
          position += sizes[index]!;
          yield await Promise.resolve(bytes(chunk));
        }
      },
      close: () => void this.calls.push(`close ${path}`),
    };
  }
}
