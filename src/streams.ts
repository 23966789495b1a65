import type { Config } from "./core/config.ts";
import type { StreamName } from "./core/line.ts";
import type { Detection } from "./detection.ts";
import type { Child } from "./host/child.ts";
import { Flood } from "./host/flood.ts";
import type { Host } from "./host/host.ts";
import type { LogFile } from "./host/log_file.ts";
import { Outlet } from "./host/outlet.ts";
import { Pump } from "./host/pump.ts";

type LogSettings = NonNullable<Config["logFile"]>;

/** The child's two pipes and what becomes of them: our own streams, the log file, the detection. */
export class Streams {
  readonly stdout: Outlet;
  readonly stderr: Outlet;
  readonly #host: Host;
  #log: Pick<LogFile, "write"> | undefined;
  #pumps: readonly Pump[] = [];

  /** `broken` is called once, when nobody reads our stdout any more. */
  constructor(host: Host, broken: (error: Error) => void) {
    this.#host = host;
    this.stdout = new Outlet(host.stdout, broken);
    this.stderr = new Outlet(host.stderr, () => {});
  }

  /** From now on the log file gets every byte, too. `warn` as for `LogFile.open`. */
  async openLog({ path, maxBytes }: LogSettings, warn: (text: string) => void): Promise<void> {
    this.#log = await this.#host.openLog(path, maxBytes, warn);
  }

  /** Passes on what the child writes, and shows it to the detection. */
  follow(child: Child, detection: Detection): void {
    const stdout = this.#pump("stdout", child, detection);
    this.#pumps = [stdout, this.#pump("stderr", child, detection)];
    // Our own words go to stderr. Where it fails, the end comes with ours.
    stdout.done.then(() => this.stdout.flushed()).then(() => this.#host.endStdout()).catch(
      () => {},
    );
  }

  /** Resolves when both pipes have ended, or were given up. */
  async drained(): Promise<void> {
    await Promise.all(this.#pumps.map((pump) => pump.done));
  }

  /** Reads no more; what was read is still being written. */
  abandon(): void {
    for (const pump of this.#pumps) pump.cancel();
  }

  /** Something is still waiting for a reader. */
  get writing(): boolean {
    return this.stdout.pending || this.stderr.pending;
  }

  #pump(stream: StreamName, child: Child, detection: Detection): Pump {
    const outlet = this[stream];
    const write = (bytes: Uint8Array) =>
      Promise.all([outlet.write(bytes), this.#log?.write(bytes)]);
    const tap = (bytes: Uint8Array) => detection.feed(stream, bytes);
    const pump = new Pump(child[stream], write, tap, this.#flood(stream, child, detection));
    pump.done.then(() => detection.end(stream));
    return pump;
  }

  /** A log file gets the bytes from us, who then have to have them anyway. */
  #flood(stream: StreamName, { pipes }: Child, detection: Detection): Flood | undefined {
    if (pipes === undefined || this.#log !== undefined) return undefined;
    return new Flood({
      tee: this.#host.tee(pipes[stream], stream),
      outlet: this[stream],
      tap: (bytes) => detection.feed(stream, bytes),
      room: () => detection.room,
      clock: this.#host.clock,
    });
  }
}
