import type { Config } from "./core/config.ts";
import type { Finding } from "./core/finding.ts";
import type { StreamName } from "./core/line.ts";
import { isFatal } from "./core/rule.ts";
import { Monitor } from "./core/monitor.ts";
import type { Clock } from "./host/clock.ts";
import type { Host } from "./host/host.ts";
import { Ticker } from "./ticker.ts";
import { WarmUp } from "./warm_up.ts";

export interface DetectionOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly loadCode: Host["loadCode"];
  readonly onFinding: (finding: Finding) => void;
  /** Called once, when matching itself has failed. */
  readonly onTrouble: (reason: string) => void;
}

/** The monitor in time: fed as bytes arrive, evaluated at every tick. Nothing of it ever throws. */
export class Detection {
  readonly #options: DetectionOptions;
  readonly #monitor: Monitor;
  #ticker: Ticker | undefined;
  #warmUp: WarmUp | undefined;
  #troubled = false;

  constructor(options: DetectionOptions) {
    this.#options = options;
    this.#monitor = new Monitor({
      ...options.config,
      loadCode: options.loadCode,
      onMatch: this.#immediate ? () => this.#evaluate() : undefined,
    });
  }

  /** From now on there are ticks, on a grid that began at `since`, in ms. */
  start(since: number): void {
    const steps = this.#monitor.warmUp();
    this.#warmUp = new WarmUp(this.#options.clock, () => {
      let more = false;
      this.#guard(() => more = steps.next().done !== true);
      return more;
    });
    this.#ticker = new Ticker(this.#options.clock, {
      intervalMs: this.#options.config.intervalMs,
      since,
      tick: () => this.#guard(() => this.#evaluate()),
      alsoAt: () => this.#monitor.settlesAt,
    });
  }

  /** Where bytes that are fed may lie so that nobody has to copy them, if there is such a place. */
  get room(): Uint8Array<ArrayBuffer> | undefined {
    return this.#monitor.room;
  }

  feed(stream: StreamName, bytes: Uint8Array): void {
    this.#warmUp?.passed(bytes.length);
    this.#guard(() => this.#monitor.push(stream, bytes, this.#options.clock.now()));
    // Without a grid of ticks a traceback that has just been raised needs one when it settles.
    if (this.#immediate && this.#monitor.settlesAt !== undefined) this.#ticker?.reschedule();
  }

  /** A pipe has ended: its unfinished last line counts. */
  end(stream: StreamName): void {
    this.#guard(() => this.#monitor.end(stream, this.#options.clock.now()));
  }

  /** The last evaluation: nothing more will come. */
  finish(): void {
    this.stop();
    this.end("stdout");
    this.end("stderr");
    // Nothing can clear any more what waits for its confirmation.
    this.#guard(() => this.#evaluate(Infinity));
  }

  stop(): void {
    this.#ticker?.stop();
    this.#warmUp?.cancel();
  }

  get #immediate(): boolean {
    return this.#options.config.intervalMs === 0;
  }

  /** Reports what was met: all in a dry run, else up to the first that ends the run. */
  #evaluate(now = this.#options.clock.now()): void {
    const { config, onFinding } = this.#options;
    for (
      let finding = this.#monitor.evaluate(now);
      finding;
      finding = this.#monitor.evaluate(now)
    ) {
      onFinding(finding);
      if (isFatal(finding.rule) && !config.dryRun) return;
      this.#monitor.retire(finding.rule);
    }
  }

  /** A regular expression can run out of stack; the child's output must go on all the same. */
  #guard(detect: () => void): void {
    try {
      detect();
    } catch (error) {
      if (this.#troubled) return;
      this.#troubled = true;
      this.#options.onTrouble(error instanceof Error ? error.message : String(error));
    }
  }
}
