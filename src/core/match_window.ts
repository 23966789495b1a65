/**
 * Counts matches among the last `window` lines. Only the newest `threshold` match positions are
 * kept: the rule is met when the oldest of them is still inside the window.
 */
export class MatchWindow {
  readonly #window: number;
  readonly #positions: number[];
  #next = 0;

  /** @throws {RangeError} unless 1 ≤ threshold ≤ window. */
  constructor(window: number, threshold: number) {
    if (!(threshold >= 1 && threshold <= window)) {
      throw new RangeError(`Threshold must be from 1 to the window: ${threshold} of ${window}`);
    }
    this.#window = window;
    this.#positions = new Array(threshold).fill(-Infinity);
  }

  /** Notes a match at `lineNumber`; true when that makes `threshold` within the window. */
  add(lineNumber: number): boolean {
    this.#positions[this.#next] = lineNumber;
    this.#next = (this.#next + 1) % this.#positions.length;
    return lineNumber - this.#positions[this.#next]! < this.#window;
  }
}
