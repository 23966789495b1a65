/**
 * Counts matches among the last `window` lines, and within the last `withinMs` where that is given.
 * Only the newest `threshold` matches are kept: the rule is met when the oldest of them is still
 * inside the window.
 */
export class MatchWindow {
  readonly #window: number;
  readonly #withinMs: number;
  readonly #matches: { line: number; at: number }[];
  #next = 0;

  /** @throws {RangeError} unless 1 ≤ threshold ≤ window. */
  constructor(window: number, threshold: number, withinMs = Infinity) {
    if (!(threshold >= 1 && threshold <= window)) {
      throw new RangeError(`Threshold must be from 1 to the window: ${threshold} of ${window}`);
    }
    this.#window = window;
    this.#withinMs = withinMs;
    this.#matches = new Array(threshold);
    this.clear();
  }

  /** Notes a match at `line` and `at` ms; true when that makes `threshold` within the window. */
  add(line: number, at = 0): boolean {
    this.#matches[this.#next] = { line, at };
    this.#next = (this.#next + 1) % this.#matches.length;
    // The exception of a block is noted at its end, when newer lines may have been noted already.
    const lines = this.#matches.map((match) => match.line);
    const times = this.#matches.map((match) => match.at);
    return Math.max(...lines) - Math.min(...lines) < this.#window &&
      Math.max(...times) - Math.min(...times) <= this.#withinMs;
  }

  /** Forgets all matches: something has recovered. */
  clear(): void {
    this.#matches.fill({ line: -Infinity, at: -Infinity });
  }
}
