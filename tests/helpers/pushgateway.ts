import type { Running, Stage } from "./bailout.ts";
import { freePort } from "./receiver.ts";
import { waitFor } from "./wait_for.ts";

/** Why what these tests need isn't here; `undefined` if it is. Both are in Debian. */
export const NO_PROMETHEUS = ["prometheus-pushgateway", "promtool"].map(missing)
  .find((reason) => reason !== undefined);

function missing(program: string): string | undefined {
  try {
    new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" }).outputSync();
    return undefined;
  } catch {
    return `no ${program} here`;
  }
}

/** A real Pushgateway on a free loopback port. */
export class Gateway {
  readonly url: string;
  readonly #process: Running;

  private constructor(url: string, process: Running) {
    this.url = url;
    this.#process = process;
  }

  static async start(stage: Stage): Promise<Gateway> {
    const address = `127.0.0.1:${freePort()}`;
    const process = stage.start("prometheus-pushgateway", [
      `--web.listen-address=${address}`,
      // Debian's keeps its metrics from one start to the next unless told not to.
      "--persistence.file=",
    ]);
    const gateway = new Gateway(`http://${address}`, process);
    await waitFor("the Pushgateway", () => gateway.#page("/-/ready").catch(() => undefined));
    return gateway;
  }

  /** Its page of metrics. */
  async metrics(): Promise<string> {
    return await this.#page("/metrics");
  }

  /** The series of ours, each without its instance. */
  async ours(): Promise<string[]> {
    const lines = (await this.metrics()).split("\n").filter((line) => line.startsWith("bailout_"));
    return lines.map((line) => line.replace(/,instance="[^"]+"|instance="[^"]+",/, ""));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#process.exited();
  }

  async #page(path: string): Promise<string> {
    const response = await fetch(this.url + path);
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status}: ${text}`);
    return text;
  }
}
