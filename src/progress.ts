import type { Clock } from "./host/clock.ts";
import type { Outlet } from "./host/outlet.ts";
import { progressText } from "./render/progress_bar.ts";

/** A bar isn't worth showing before this, nor redrawing more often. Ms. */
const PATIENCE_MS = 500;
const REDRAW_MS = 100;

/** Back to the line's start, and nothing left on it. */
const WIPE = "\r\x1b[K";

/** A progress bar on a terminal, for what takes long. */
export class Progress {
  readonly #outlet: Outlet;
  readonly #clock: Pick<Clock, "now">;
  readonly #total: number;
  readonly #startedAt: number;
  #drawnAt: number | undefined;
  #shown = false;

  /** `total` in bytes. */
  constructor(outlet: Outlet, clock: Pick<Clock, "now">, total: number) {
    this.#outlet = outlet;
    this.#clock = clock;
    this.#total = total;
    this.#startedAt = clock.now();
  }

  update(done: number): void {
    const now = this.#clock.now();
    const due = this.#drawnAt === undefined
      ? this.#startedAt + PATIENCE_MS
      : this.#drawnAt + REDRAW_MS;
    if (now < due) return;
    this.#drawnAt = now;
    this.#shown = true;
    this.#write(WIPE + progressText(done, this.#total, now - this.#startedAt));
  }

  /** Takes the bar away: something else wants to be printed, or it is over. */
  clear(): void {
    if (this.#shown) this.#write(WIPE);
    this.#shown = false;
  }

  #write(text: string): void {
    this.#outlet.write(new TextEncoder().encode(text));
  }
}
