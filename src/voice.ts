import type { Config } from "./core/config.ts";
import type { Finding } from "./core/finding.ts";
import type { SignalName } from "./core/signals.ts";
import type { Verdict } from "./core/verdict.ts";
import type { Clock } from "./host/clock.ts";
import type { Outlet } from "./host/outlet.ts";
import * as text from "./render/messages.ts";
import type { Paint } from "./render/paint.ts";
import { reportText } from "./render/report.ts";

/** How long a report waits for the child's last output on the other stream, ms. */
const ORDER_WAIT_MS = 100;

/** bailout's own lines on stderr, in order; none of them ever delays the supervision. */
export class Voice {
  readonly #config: Config;
  readonly #paint: Paint;
  readonly #stdout: Outlet;
  readonly #stderr: Outlet;
  readonly #clock: Clock;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    config: Config,
    paint: Paint,
    world: { stdout: Outlet; stderr: Outlet; clock: Clock },
  ) {
    this.#config = config;
    this.#paint = paint;
    this.#stdout = world.stdout;
    this.#stderr = world.stderr;
    this.#clock = world.clock;
  }

  starting(): void {
    this.#info(text.startingText(this.#config.names, this.#config.logFile?.path));
  }

  started(pid: number): void {
    this.#info(text.startedText(this.#config.names, pid, this.#paint));
  }

  signal(signal: SignalName): void {
    this.#info(text.signalText(this.#config.names, signal, this.#config.graceMs, this.#paint));
  }

  leftovers(): void {
    this.#info(text.leftoversText(this.#config.names, this.#paint));
  }

  warning(message: string): void {
    this.#say(text.warningText(message, this.#paint));
  }

  /** A rule that only warns was met. */
  finding(finding: Finding): void {
    this.#say(text.findingText(finding, this.#paint));
  }

  /** The lines that led to the finding have usually left by another pipe: let them go first. */
  report(finding: Finding, pid: number): void {
    const { contextLines, dryRun } = this.#config;
    const report = reportText(finding, { contextLines, pid, dryRun }, this.#paint);
    this.#last = this.#last.then(() => this.#within(ORDER_WAIT_MS, this.#stdout.flushed()));
    this.#say(report);
  }

  verdict(verdict: Verdict, exitCode: number, durationMs: number): void {
    const { names, command } = this.#config;
    const options = { names, command: command[0], exitCode, durationMs };
    const line = text.verdictText(verdict, options, this.#paint);
    if (text.isLoud(verdict)) this.#say(line);
    else this.#info(line);
  }

  /** Resolves when all is said, or after `ms` where nobody listens. */
  async finished(ms: number): Promise<void> {
    await this.#within(ms, this.#last.then(() => this.#stderr.flushed()));
  }

  #info(message: string): void {
    if (!this.#config.quiet) this.#say(message);
  }

  #say(message: string): void {
    this.#last = this.#last.then(() => {
      this.#stderr.say(message);
    });
  }

  #within(ms: number, promise: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.timer(this.#clock.now() + ms, resolve);
      promise.then(() => {
        cancel();
        resolve();
      });
    });
  }
}
