import { stripEscapes } from "../escapes.ts";
import { behindLastLine, behindLineEnd, LineEnds, lineStart } from "./line_ends.ts";
import type { LineFilter } from "./line_filter.ts";
import { MAX_FILTERED } from "./line_filter.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Matching sees at most this many bytes of a line; the rest of it is counted past, not kept. */
export const MAX_LINE_BYTES = 16 * 1024;

/** Fewer bytes than this are looked at line by line: loading the filter would cost more. */
export const MIN_FILTERED = 1024;

export interface SieveOptions {
  /** The filter, asked for when there is something to filter. */
  readonly filter: () => LineFilter;
  /** False while every line has to be looked at, whatever is in it. */
  readonly mayPass: () => boolean;
  /**
   * Whether a line may be worth a look, by its bytes, which lie from `start` to `end` in the chunk.
   * Asked of lines in which a pattern stands; all are, where this is left out.
   */
  readonly concerns?: (chunk: Uint8Array, start: number, end: number) => boolean;
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
  /** Of the chunk at hand. */
  readonly #ends = new LineEnds();

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
    this.#ends.load(chunk);
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
      const line = this.#nextConcern(fast, chunk, at, end, base);
      if (line > at) passed(chunk, at, line, base);
      at = line === end ? end : this.#take(chunk, line);
    } while (at < end && mayPass());
    return at;
  }

  /** Where, from `from` on, a line begins that must not pass; `end` if none does. */
  #nextConcern(
    fast: LineFilter,
    chunk: Uint8Array,
    from: number,
    end: number,
    base: number,
  ): number {
    const { concerns } = this.#options;
    for (let at = from; at < end;) {
      const found = base + fast.next(at - base, end - base);
      if (found === end) return end;
      const start = lineStart(chunk, found, at);
      const lineEnd = this.#ends.find(fast, start, end, base);
      const seen = Math.min(lineEnd, start + MAX_LINE_BYTES);
      if (concerns === undefined || concerns(chunk, start, seen)) return start;
      at = behindLineEnd(chunk, lineEnd);
    }
    return end;
  }

  /** Emits the line that begins at `start` and returns where the next one does. */
  #take(chunk: Uint8Array, start: number): number {
    const end = this.#ends.of(start);
    this.#emit(chunk, start, end);
    return behindLineEnd(chunk, end);
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
