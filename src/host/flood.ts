import type { setImmediate } from "node:timers";
import type { Clock } from "./clock.ts";
import type { Outlet } from "./outlet.ts";
import type { PipeTee } from "./pipe_tee.ts";

/** What makes a chunk big: less comes from a child that waits for other things than for us. */
const BIG_BYTES = 32 * 1024;
/** After so many bytes all others get their turn: timers, signals, the other stream. */
const TURN_BYTES = 1024 * 1024;
/**
 * At most so many big chunks go the ordinary way after one behind which there was no room for more: 1
 * after the first such, then 3 and 7. Among two processors and three that use them any one may be late
 * for once; behind a reader that is slower than us there is never any room, and to ask costs time.
 */
const MOST_SPARED = 15;
/** How long a stalled reader may keep us from reading ahead, ms. */
const WRITE_WAIT_MS = 20;

export interface FloodOptions {
  readonly tee: Pick<PipeTee, "possible" | "move">;
  readonly outlet: Pick<Outlet, "passable" | "passed">;
  /** Sees every chunk that was passed on; it may not keep the bytes. */
  readonly tap: (bytes: Uint8Array) => void;
  /** Where `tap` likes the bytes to lie best. */
  readonly room?: () => Uint8Array<ArrayBuffer> | undefined;
  readonly clock: Pick<Clock, "now" | "timer">;
}

/** Passes a stream on from pipe to pipe while it comes faster than it can be copied. */
export class Flood {
  readonly #options: FloodOptions;
  /** Big chunks still to come that go the ordinary way. */
  #sparing = 0;
  #spared = 0;
  #setImmediate: typeof setImmediate | undefined;

  constructor(options: FloodOptions) {
    this.#options = options;
  }

  /**
   * Called after each chunk of `length` bytes was read the ordinary way; `written` is its write.
   * Resolves when there is no flood, or it has ebbed, or `wanted` says no: then the ordinary way
   * goes on, which alone waits for bytes and for room. Never rejects unless `tap` throws.
   */
  async carry(length: number, written: Promise<unknown>, wanted: () => boolean): Promise<void> {
    if (length < BIG_BYTES || !this.#options.tee.possible) return;
    if (this.#sparing > 0) {
      this.#sparing--;
      return;
    }
    const moved = await this.#soon(written) && await this.#burst(wanted);
    this.#spared = moved ? 0 : Math.min(2 * this.#spared + 1, MOST_SPARED);
    this.#sparing = this.#spared;
  }

  /** Resolves with whether anything has moved. */
  async #burst(wanted: () => boolean): Promise<boolean> {
    const { tee, outlet, tap, room } = this.#options;
    let moved = 0;
    let turn = TURN_BYTES;
    while (wanted() && outlet.passable) {
      const bytes = tee.move(room?.());
      if (bytes === undefined) break;
      outlet.passed(bytes);
      tap(bytes);
      moved += bytes.length;
      // The rest is small change, which the ordinary way collects into bigger chunks.
      if (bytes.length < BIG_BYTES) break;
      if (moved < turn) continue;
      turn = moved + TURN_BYTES;
      await this.#othersTurn();
    }
    return moved > 0;
  }

  /** 3 µs, where setTimeout(0) takes 2 ms. Loaded here, as a start has no use for it. */
  async #othersTurn(): Promise<void> {
    const later = this.#setImmediate ??= (await import("node:timers")).setImmediate;
    await new Promise<void>((resolve) => later(resolve));
  }

  #soon(written: Promise<unknown>): Promise<boolean> {
    const { clock } = this.#options;
    return new Promise((resolve) => {
      const cancel = clock.timer(clock.now() + WRITE_WAIT_MS, () => resolve(false));
      written.then(() => {
        cancel();
        resolve(true);
      });
    });
  }
}
