import type { Config } from "./core/config.ts";
import type { Effect } from "./core/effect.ts";
import { exitCode } from "./core/exit_code.ts";
import { EMPTY_HISTORY, type History, noteEffects } from "./core/history.ts";
import { runRecord } from "./core/record.ts";
import type { Verdict } from "./core/verdict.ts";
import { deliver, DELIVERY_MS } from "./deliver.ts";
import type { Host } from "./host/host.ts";
import { verdictText } from "./render/messages.ts";
import { PLAIN } from "./render/paint.ts";
import type { Voice } from "./voice.ts";

/** How long our last words may take where nobody reads them, ms. */
const LAST_WORDS_MS = 1000;
/** What the sinks get even where the child has used up the time that the platform leaves, ms. */
const LEAST_DELIVERY_MS = 1000;

export interface ClosingOptions {
  /** As messages and the record may show it. */
  readonly config: Config;
  /** Just before the command was started, on the host's clock. */
  readonly startedAt: number;
  readonly host: Pick<Host, "clock" | "sinks">;
  readonly voice: Pick<Voice, "warning" | "verdict" | "finished">;
}

/** What comes after a run: its record, the sinks, the last words, the exit code. */
export class Closing {
  readonly #options: ClosingOptions;
  #history: History = EMPTY_HISTORY;

  constructor(options: ClosingOptions) {
    this.#options = options;
  }

  /** Remembers for the record what was done and when. */
  note(effects: readonly Effect[], at: number): void {
    this.#history = noteEffects(this.#history, effects, at);
  }

  /** Tells everybody how the run ended; `pid` is `undefined` where nothing was started. */
  async finish(verdict: Verdict, pid: number | undefined): Promise<number> {
    const { config, voice, startedAt, host: { clock, sinks } } = this.#options;
    const endedAt = clock.now();
    const epochOffsetMs = clock.epoch() - endedAt;
    const code = exitCode(verdict, config.exitCodes);
    const record = runRecord({
      command: config.command,
      verdict,
      exitCode: code,
      pid,
      history: this.#history,
      startedAt,
      endedAt,
      epochOffsetMs,
    });
    const options = { ...record, names: config.names, command: config.command[0] };
    await deliver({
      record,
      verdict: verdictText(verdict, options, PLAIN).trimEnd(),
      startedMs: startedAt + epochOffsetMs,
      detectedMs: (this.#history.detectedAt ?? endedAt) + epochOffsetMs,
    }, {
      config,
      sinks,
      clock,
      deadline: this.#deadline(verdict, endedAt),
      warn: (text) => voice.warning(text),
    });
    voice.verdict(verdict, record);
    await voice.finished(LAST_WORDS_MS);
    return code;
  }

  /** The platform that has sent a signal kills us soon after the grace, so the sinks share it. */
  #deadline(verdict: Verdict, now: number): number {
    const [first] = this.#history.stops;
    if (verdict.cause !== "signal" || first === undefined) return now + DELIVERY_MS;
    const graceEnd = first.at + this.#options.config.graceMs;
    return Math.min(Math.max(graceEnd, now + LEAST_DELIVERY_MS), now + DELIVERY_MS);
  }
}
