import type { LineFilter } from "./line_filter.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Bytes in which a CR is looked for at once. */
const CR_WINDOW = 4096;

/** Where the lines of a chunk end: with LF, CRLF or a lone CR. Asked from its begin to its end. */
export class LineEnds {
  #chunk: Uint8Array = new Uint8Array(0);
  /** The chunk's next LF, or its length: where only CRs end lines it isn't looked for at each one. */
  #lf = -1;
  /** Up to here the chunk is known to have no CR, from where it was last looked for. */
  #noCrBefore = 0;

  load(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#lf = -1;
    this.#noCrBefore = 0;
  }

  /** The LF or CR of the line that begins at `start`; there is one. */
  of(start: number): number {
    const chunk = this.#chunk;
    if (this.#lf < start) {
      const lf = chunk.indexOf(LF, start);
      this.#lf = lf === -1 ? chunk.length : lf;
    }
    const end = this.#lf;
    while (this.#noCrBefore < end) {
      // Most chunks have none: a look per window is cheaper than one per line.
      const from = Math.max(start, this.#noCrBefore);
      const to = Math.max(from + CR_WINDOW, end);
      const cr = chunk.subarray(from, to).indexOf(CR);
      this.#noCrBefore = cr === -1 ? to : from + cr;
      if (cr !== -1) return Math.min(from + cr, end);
    }
    return end;
  }

  /** The same by a filter that has loaded the chunk from `base` to at least `end`; `of` then knows. */
  find(filter: LineFilter, start: number, end: number, base: number): number {
    if (this.#lf < start) {
      const lf = base + filter.find(LF, start - base, end - base);
      this.#lf = lf === end ? this.#chunk.length : lf;
    }
    this.#noCrBefore = base + filter.find(CR, start - base, Math.min(this.#lf, end) - base);
    return this.#noCrBefore;
  }
}

/** Where the next line begins, after one whose LF or CR stands at `end`. */
export function behindLineEnd(chunk: Uint8Array, end: number): number {
  return chunk[end] === CR && chunk[end + 1] === LF ? end + 2 : end + 1;
}

/** Where the bytes begin that belong to a line without its end yet; `from` if no line ends. */
export function behindLastLine(chunk: Uint8Array, from: number): number {
  let end = chunk.length;
  while (end > from && chunk[end - 1] !== LF && chunk[end - 1] !== CR) end--;
  return end;
}

/** Where the line begins that `index` lies in; no line begins before `from`. */
export function lineStart(chunk: Uint8Array, index: number, from: number): number {
  let start = index;
  while (start > from && chunk[start - 1] !== LF && chunk[start - 1] !== CR) start--;
  return start;
}
