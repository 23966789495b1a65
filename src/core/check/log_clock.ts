import { civilText } from "./civil_time.ts";
import type { Timestamp } from "./timestamp.ts";

/** Lines of several threads can be out of order by this much; what goes back further is a new start. */
const DISORDER_MS = 60_000;

/**
 * The time of a run as its log tells it: ms since the log's first timestamp, never backwards. Where
 * the log's own time goes back (another run, a corrected clock) ours stands, and goes on from there.
 */
export class LogClock {
  #now = 0;
  /** What has to be added to our time for the log's; `undefined` before the first timestamp. */
  #offset: number | undefined;
  #last: Timestamp | undefined;

  get now(): number {
    return this.#now;
  }

  /** Whether the log has told any time so far. */
  get known(): boolean {
    return this.#offset !== undefined;
  }

  /** Whether to `observe` a timestamp of this time, in ms, would change what this clock says. */
  isNews(ms: number): boolean {
    return this.#offset === undefined || this.#isRestart(ms) || ms - this.#offset > this.#now;
  }

  /** A line with this timestamp has come. */
  observe(timestamp: Timestamp): void {
    const { ms } = timestamp;
    if (this.#offset === undefined || this.#isRestart(ms)) this.#offset = ms - this.#now;
    this.#now = Math.max(this.#now, ms - this.#offset);
    this.#last = timestamp;
  }

  /** How the log would write the moment `at` of our time; `undefined` if it tells no time. */
  text(at: number): string | undefined {
    if (this.#offset === undefined || this.#last === undefined) return undefined;
    const text = civilText(at + this.#offset);
    // Without a year: "05-01T12:00:00.000".
    if (!this.#last.year) return text.slice(5);
    return this.#last.zoned ? `${text}Z` : text;
  }

  #isRestart(ms: number): boolean {
    return this.#offset !== undefined && ms - this.#offset < this.#now - DISORDER_MS;
  }
}
