import type { Config } from "./core/config.ts";
import type { Finding } from "./core/finding.ts";
import type { Mask } from "./core/mask.ts";
import { rfc3339, type RunRecord } from "./core/record.ts";
import type { Rule } from "./core/rule.ts";
import type { SignalName } from "./core/signals.ts";
import type { Verdict } from "./core/verdict.ts";
import type { Clock } from "./host/clock.ts";
import type { Outlet } from "./host/outlet.ts";
import { annotationText } from "./render/annotation.ts";
import { type LogEntry, logEntryText, type Severity } from "./render/log_entry.ts";
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
  readonly #mask: Mask;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    config: Config,
    paint: Paint,
    world: { stdout: Outlet; stderr: Outlet; clock: Clock; mask: Mask },
  ) {
    this.#config = config;
    this.#paint = paint;
    this.#stdout = world.stdout;
    this.#stderr = world.stderr;
    this.#clock = world.clock;
    this.#mask = world.mask;
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
    this.#say("WARNING", text.warningText(this.#mask(message), this.#paint));
  }

  /** A rule that only warns was met. */
  finding(finding: Finding): void {
    this.#say("WARNING", text.findingText(finding, this.#paint), { rule: finding.rule });
  }

  /** The lines that led to the finding have usually left by another pipe: let them go first. */
  report(finding: Finding, pid: number): void {
    const { dryRun, names } = this.#config;
    this.#last = this.#last.then(() => this.#within(ORDER_WAIT_MS, this.#stdout.flushed()));
    if (this.#json && !dryRun) {
      // The report is one entry with the record, which is whole only at the end.
      const early = text.stoppingText(names, finding.rule, this.#paint);
      return this.#say("WARNING", early, { rule: finding.rule });
    }
    const report = this.#reportText(finding, pid);
    if (this.#json) return this.#entry("WARNING", report, { rule: finding.rule });
    const annotation = annotationText(finding, dryRun ? "warning" : "error");
    this.#write(report + (this.#config.annotations ? annotation : ""));
  }

  /** The last words of a run. */
  verdict(verdict: Verdict, record: RunRecord): void {
    const { names, command: [command] } = this.#config;
    const options = { ...record, names, command };
    const line = text.verdictText(verdict, options, this.#paint);
    const loud = text.isLoud(verdict);
    if (!loud && this.#config.quiet) return;
    if (!this.#json) return this.#write(line);
    if (verdict.cause !== "finding") {
      return this.#entry(loud ? "ERROR" : "INFO", line, { record });
    }
    const report = this.#reportText(verdict.finding, record.pid ?? 0);
    this.#entry("CRITICAL", report + line, { rule: verdict.finding.rule, record });
  }

  /** Resolves when all is said, or after `ms` where nobody listens. */
  async finished(ms: number): Promise<void> {
    await this.#within(ms, this.#last.then(() => this.#stderr.flushed()));
  }

  get #json(): boolean {
    return this.#config.format === "json";
  }

  #reportText(finding: Finding, pid: number): string {
    const { contextLines, dryRun } = this.#config;
    return reportText(finding, { contextLines, pid, dryRun }, this.#paint);
  }

  #info(message: string): void {
    if (!this.#config.quiet) this.#say("INFO", message);
  }

  /** One line or several, each of which is an entry of its own in JSON. */
  #say(severity: Severity, lines: string, about: { rule?: Rule } = {}): void {
    if (!this.#json) return this.#write(lines);
    for (const line of lines.trimEnd().split("\n")) this.#entry(severity, line, about);
  }

  #entry(
    severity: Severity,
    message: string,
    about: Pick<LogEntry, "rule" | "record">,
  ): void {
    const time = rfc3339(this.#clock.epoch());
    this.#write(logEntryText({ severity, message: message.trim(), time, ...about }));
  }

  #write(message: string): void {
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
