import { stripEscapes } from "../escapes.ts";
import type { LineFilter } from "./line_filter.ts";
import { MAX_FILTERED } from "./line_filter.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Matching sees at most this many bytes of a line; the rest of it is counted past, not kept. */
export const MAX_LINE_BYTES = 16 * 1024;

/** Fewer bytes than this are looked at line by line: loading the filter would cost more. */
export const MIN_FILTERED = 1024;

/** Bytes in which a CR is looked for at once. */
const CR_WINDOW = 4096;

export interface SieveOptions {
  /** The filter, asked for when there is something to filter. */
  readonly filter: () => LineFilter;
  /** False while every line has to be looked at, whatever is in it. */
  readonly mayPass: () => boolean;
  /**
   * A line that is worth a look: its text without line end and escapes, and where in the bytes
   * pushed it begins; 0 if it began before them.
   */
  readonly line: (text: string, start: number) => void;
  /**
   * Whole lines, with their ends, in which no pattern stands: they lie from `start` to `end` in
   * the chunk, which the filter has loaded from its index `base` on.
   */
  readonly passed: (chunk: Uint8Array, start: number, end: number, base: number) => void;
  readonly minFiltered?: number;
}

/**
 * Cuts one stream's bytes into lines, and lets those pass uncut in which nothing stands that anyone
 * looks for. A line ends with LF, CRLF or a lone CR. Memory is bounded by `MAX_LINE_BYTES`, however
 * long the lines are and however the bytes are cut into chunks.
 */
export class LineSieve {
  readonly #options: SieveOptions;
  readonly #minFiltered: number;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  /** Made when a line first comes in parts. */
  #held: Uint8Array | undefined;
  #heldLength = 0;
  #lineOpen = false;
  #skipLf = false;
  /** Where the chunk at hand lies in the bytes pushed. */
  #offset = 0;
  /** Up to here the chunk at hand is known to have no CR, from where it was last looked for. */
  #noCrBefore = 0;
  /** The chunk's next LF, or its length: where only CRs end lines it isn't looked for at each one. */
  #lf = -1;

  constructor(options: SieveOptions) {
    this.#options = options;
    this.#minFiltered = options.minFiltered ?? MIN_FILTERED;
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += MAX_FILTERED) {
      this.#offset = at;
      this.#push(chunk.length <= MAX_FILTERED ? chunk : chunk.subarray(at, at + MAX_FILTERED));
    }
  }

  /** Emits the unfinished last line, if there is one: the stream has ended. */
  flush(): void {
    if (this.#lineOpen) this.#emit(new Uint8Array(0), 0, 0);
    this.#skipLf = false;
  }

  #push(chunk: Uint8Array): void {
    // A CR has already ended its line; only now it shows whether it was the first half of a CRLF.
    let at = this.#skipLf && chunk[0] === LF ? 1 : 0;
    this.#skipLf = false;
    this.#noCrBefore = 0;
    this.#lf = -1;
    const end = behindLastLine(chunk, at);
    if (this.#lineOpen && at < end) at = this.#take(chunk, at);
    while (at < end) {
      at = end - at >= this.#minFiltered && this.#options.mayPass()
        ? this.#filter(chunk, at, end)
        : this.#take(chunk, at);
    }
    if (end > 0 && end === chunk.length) this.#skipLf = chunk[end - 1] === CR;
    if (at < chunk.length) {
      this.#hold(chunk, at, chunk.length);
      this.#lineOpen = true;
    }
  }

  /** Lets lines pass up to one that must not, takes that, and returns where to go on. */
  #filter(chunk: Uint8Array, base: number, end: number): number {
    const { filter, mayPass, passed } = this.#options;
    const fast = filter();
    fast.load(chunk.subarray(base, end));
    let at = base;
    do {
      const found = base + fast.next(at - base, end - base);
      const line = found === end ? end : lineStart(chunk, found, at);
      if (line > at) passed(chunk, at, line, base);
      at = line === end ? end : this.#take(chunk, line);
    } while (at < end && mayPass());
    return at;
  }

  /** Emits the line that begins at `start` and returns where the next one does. */
  #take(chunk: Uint8Array, start: number): number {
    const end = this.#lineEnd(chunk, start);
    this.#emit(chunk, start, end);
    return chunk[end] === CR && chunk[end + 1] === LF ? end + 2 : end + 1;
  }

  /** Where the line's LF or CR stands; there is one. */
  #lineEnd(chunk: Uint8Array, start: number): number {
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

  #hold(chunk: Uint8Array, start: number, end: number): void {
    const room = Math.min(end - start, MAX_LINE_BYTES - this.#heldLength);
    this.#held ??= new Uint8Array(MAX_LINE_BYTES);
    this.#held.set(chunk.subarray(start, start + room), this.#heldLength);
    this.#heldLength += room;
  }

  #emit(chunk: Uint8Array, start: number, end: number): void {
    let bytes: Uint8Array;
    if (this.#heldLength === 0) {
      bytes = chunk.subarray(start, Math.min(end, start + MAX_LINE_BYTES));
    } else {
      this.#hold(chunk, start, end);
      bytes = this.#held!.subarray(0, this.#heldLength);
    }
    this.#heldLength = 0;
    this.#lineOpen = false;
    this.#options.line(stripEscapes(this.#decoder.decode(bytes)), this.#offset + start);
  }
}

/** A sieve that lets nothing pass: every line of the stream is emitted. */
export function cutLines(line: (text: string) => void): LineSieve {
  const filter = () => {
    throw new Error("Nothing may pass");
  };
  return new LineSieve({ filter, mayPass: () => false, passed: () => {}, line });
}

/** Where the bytes begin that belong to a line without its end yet; `from` if no line ends. */
function behindLastLine(chunk: Uint8Array, from: number): number {
  let end = chunk.length;
  while (end > from && chunk[end - 1] !== LF && chunk[end - 1] !== CR) end--;
  return end;
}

/** Where the line begins that `index` lies in; no line begins before `from`. */
function lineStart(chunk: Uint8Array, index: number, from: number): number {
  let start = index;
  while (start > from && chunk[start - 1] !== LF && chunk[start - 1] !== CR) start--;
  return start;
}
