/** So many line ends lie from one place to another. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly ends: number;
}

/** Line ends that a search has counted on its way: nobody has to look at those bytes again. */
export class CountedEnds {
  /** In order, and none overlaps another. */
  #runs: Run[] = [];

  clear(): void {
    this.#runs = [];
  }

  /** What lies before the end of an earlier one is left out: a search that goes back counts nothing. */
  add(from: number, to: number, ends: number): void {
    const last = this.#runs.at(-1);
    if (last === undefined || from >= last.to) this.#runs.push({ from, to, ends });
  }

  /** Line ends from `from` to `end`; `count` counts them where nothing is known. */
  between(from: number, end: number, count: (from: number, end: number) => number): number {
    let [ends, at] = [0, from];
    for (const run of this.#runs) {
      if (run.from < at || run.from >= end) continue;
      if (run.from > at) ends += count(at, run.from);
      ends += run.ends;
      at = run.to;
    }
    // Mostly the search has gone on into the line that begins at `end`.
    if (at > end) return ends - count(end, at);
    return at === end ? ends : ends + count(at, end);
  }
}
