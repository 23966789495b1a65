import type { Clock } from "./host/clock.ts";

/**
 * How long it may keep all else waiting at a time, ms: a few slices are all of the work, for a child
 * that is quiet at first is soon done with its own start, and then its first words must not find it
 * undone. A turn between two slices takes 1 to 2 ms.
 */
const SLICE_MS = 10;
/**
 * What a child has printed by then says whether it floods, ms; and one that has ended by then needs
 * none of it. At 1 ms the timer can come before the first read.
 */
const FIRST_LOOK_MS = 5;
/** A child that prints more than this in a ms needs the processor more than its first match does. */
const FLOOD_BYTES_PER_MS = 100_000;
/** And so does one that waits for us: so much comes at once only if its pipe has filled up. */
const OUTRUN_BYTES = 128 * 1024;
/** When to look again whether the flood is over, ms. */
const RETRY_MS = 20;

/** Work that a first match would have to wait for, done in slices where the child leaves room. */
export class WarmUp {
  readonly #clock: Clock;
  readonly #step: () => boolean;
  #cancel = () => {};
  #bytes = 0;
  #outrun = false;
  #lookedAt: number;

  /** `step` does a part of the work, and says whether there is more. */
  constructor(clock: Clock, step: () => boolean) {
    this.#clock = clock;
    this.#step = step;
    this.#lookedAt = clock.now();
    this.#schedule(FIRST_LOOK_MS);
  }

  /** The child has printed so many bytes, which came at once. */
  passed(bytes: number): void {
    this.#bytes += bytes;
    this.#outrun ||= bytes >= OUTRUN_BYTES;
  }

  cancel(): void {
    this.#cancel();
  }

  #schedule(delayMs: number): void {
    this.#cancel = this.#clock.timer(this.#clock.now() + delayMs, () => this.#slice());
  }

  #slice(): void {
    const startedAt = this.#clock.now();
    const elapsed = Math.max(startedAt - this.#lookedAt, 1);
    const flood = this.#outrun || this.#bytes > FLOOD_BYTES_PER_MS * elapsed;
    this.#bytes = 0;
    this.#outrun = false;
    this.#lookedAt = startedAt;
    if (flood) return this.#schedule(RETRY_MS);
    while (this.#step()) {
      if (this.#clock.now() - startedAt >= SLICE_MS) return this.#schedule(0);
    }
  }
}
