import type { Clock } from "../host/clock.ts";

/**
 * Lets all that is ready happen: promises and streams are run by microtasks alone, so that going
 * through enough of them takes the place of waiting.
 */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 300; turn++) await undefined;
}

/** When the fake clock is made, ms since 1970. */
export const EPOCH = Date.UTC(2026, 10, 28);

/** Time that stands still until a test lets it pass. */
export class FakeClock implements Clock {
  readonly #timers = new Set<{ at: number; callback: () => void }>();
  #now = 1_000_000;
  readonly #start = this.#now;

  now(): number {
    return this.#now;
  }

  epoch(): number {
    return EPOCH + this.elapsed;
  }

  /** Ms since the clock was made. */
  get elapsed(): number {
    return this.#now - this.#start;
  }

  /** Timers that are still to fire. */
  get pending(): number {
    return this.#timers.size;
  }

  timer(at: number, callback: () => void): () => void {
    const timer = { at, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Fires every timer that is due within `ms`, each at its time, and lets happen what follows. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  /** Time that passes at once: whoever is computing keeps the timers from firing. */
  skip(ms: number): void {
    this.#now += ms;
  }

  #next(end: number) {
    return [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
