import type { Clock } from "./host/clock.ts";

/** How often the clock is looked at while a deadline runs, ms. */
const LOOK_MS = 250;
/** A look that comes this much too late, ms, means that we were stopped and not just slow. */
const STOPPED_MS = 1000;

/**
 * One time to be called back at. Time in which this very process was stopped (SIGTSTP, SIGSTOP)
 * doesn't count: a child that was stopped with us still gets its whole grace.
 */
export class Deadline {
  readonly #clock: Clock;
  #cancel = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `callback` once at `at`, and drops the time set before. */
  set(at: number, callback: () => void): void {
    this.cancel();
    const expected = Math.min(at, this.#clock.now() + LOOK_MS);
    this.#cancel = this.#clock.timer(expected, () => {
      const late = this.#clock.now() - expected;
      const due = late > STOPPED_MS ? at + late : at;
      if (due <= this.#clock.now()) callback();
      else this.set(due, callback);
    });
  }

  cancel(): void {
    this.#cancel();
  }
}
