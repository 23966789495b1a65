import { stripEscapes } from "./escapes.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Matching sees at most this many bytes of a line; the rest of it is counted past, not kept. */
export const MAX_LINE_BYTES = 16 * 1024;

/**
 * Cuts one stream's bytes into lines. A line ends with LF, CRLF or a lone CR. Memory is bounded by
 * `MAX_LINE_BYTES`, however long the lines are and however the bytes are cut into chunks.
 */
export class LineSplitter {
  readonly #emit: (text: string) => void;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #held = new Uint8Array(MAX_LINE_BYTES);
  #heldLength = 0;
  #lineOpen = false;
  #skipLf = false;

  /** `emit` is called once a line, with its text without line end and escapes. */
  constructor(emit: (text: string) => void) {
    this.#emit = emit;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    let start = 0;
    // A CR has already ended its line; only now it shows whether it was the first half of a CRLF.
    if (this.#skipLf && chunk[0] === LF) start = 1;
    this.#skipLf = false;
    let lf = chunk.indexOf(LF, start);
    let cr = chunk.indexOf(CR, start);
    while (lf !== -1 || cr !== -1) {
      const end = cr === -1 || (lf !== -1 && lf < cr) ? lf : cr;
      this.#endLine(chunk, start, end);
      start = end + 1;
      if (end === cr) {
        if (start === chunk.length) this.#skipLf = true;
        else if (chunk[start] === LF) start++;
      }
      if (lf !== -1 && lf < start) lf = chunk.indexOf(LF, start);
      if (cr !== -1 && cr < start) cr = chunk.indexOf(CR, start);
    }
    if (start < chunk.length) {
      this.#hold(chunk, start, chunk.length);
      this.#lineOpen = true;
    }
  }

  /** Emits the unfinished last line, if there is one: the stream has ended. */
  flush(): void {
    if (this.#lineOpen) this.#endLine(new Uint8Array(0), 0, 0);
    this.#skipLf = false;
  }

  #hold(chunk: Uint8Array, start: number, end: number): void {
    const room = Math.min(end - start, MAX_LINE_BYTES - this.#heldLength);
    this.#held.set(chunk.subarray(start, start + room), this.#heldLength);
    this.#heldLength += room;
  }

  #endLine(chunk: Uint8Array, start: number, end: number): void {
    let bytes: Uint8Array;
    if (this.#heldLength === 0) {
      bytes = chunk.subarray(start, Math.min(end, start + MAX_LINE_BYTES));
    } else {
      this.#hold(chunk, start, end);
      bytes = this.#held.subarray(0, this.#heldLength);
    }
    this.#heldLength = 0;
    this.#lineOpen = false;
    this.#emit(stripEscapes(this.#decoder.decode(bytes)));
  }
}
