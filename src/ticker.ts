import type { Clock } from "./host/clock.ts";

/**
 * Calls `tick` every `intervalMs`, on the grid that starts at `since` (in ms, now or before) and not
 * later for slow ticks, and once more at each time that `alsoAt` names. With `intervalMs` 0 only those
 * extra times are left.
 */
export class Ticker {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #tick: () => void;
  readonly #alsoAt: () => number | undefined;
  readonly #start: number;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(
    clock: Clock,
    options: {
      intervalMs: number;
      since: number;
      tick: () => void;
      alsoAt: () => number | undefined;
    },
  ) {
    this.#clock = clock;
    this.#intervalMs = options.intervalMs;
    this.#tick = options.tick;
    this.#alsoAt = options.alsoAt;
    this.#start = options.since;
    this.reschedule();
  }

  /** Looks again at when the next tick is due. */
  reschedule(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const due = this.#due();
    if (due === undefined || this.#stopped) return;
    this.#cancel = this.#clock.timer(due, () => {
      this.#tick();
      this.reschedule();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #due(): number | undefined {
    const extra = this.#alsoAt();
    if (this.#intervalMs === 0) return extra;
    const elapsed = this.#clock.now() - this.#start;
    const next = this.#start + (Math.floor(elapsed / this.#intervalMs) + 1) * this.#intervalMs;
    return extra === undefined ? next : Math.min(next, extra);
  }
}
