const LF = 0x0a;

/** A line that is longer is passed on before its end has come. Bytes. */
export const MAX_HELD_BYTES = 64 * 1024;

/** A line of a file, with its line feed, or a part of a very long one. */
export interface Piece {
  /** May be overwritten after the call. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly begins: boolean;
  readonly ends: boolean;
}

/**
 * Cuts a file's bytes at line feeds, so that no line is torn where a chunk ends: a chunk's last line
 * waits for the rest of it. `onChunk` is called when all pieces of a chunk have been shown.
 */
export class LineCutter {
  readonly #onPiece: (piece: Piece) => void;
  readonly #onChunk: () => void;
  #held = new Uint8Array(0);
  #midLine = false;

  constructor(onPiece: (piece: Piece) => void, onChunk: () => void) {
    this.#onPiece = onPiece;
    this.#onChunk = onChunk;
  }

  push(chunk: Uint8Array): void {
    const bytes = this.#held.length === 0 ? chunk : concat(this.#held, chunk);
    let start = 0;
    for (let lf = bytes.indexOf(LF); lf !== -1; lf = bytes.indexOf(LF, start)) {
      this.#show(bytes, start, lf + 1, true);
      start = lf + 1;
    }
    const rest = bytes.length - start;
    const tooLong = rest > MAX_HELD_BYTES || (this.#midLine && rest > 0);
    if (tooLong) this.#show(bytes, start, bytes.length, false);
    this.#held = tooLong ? new Uint8Array(0) : bytes.slice(start);
    this.#onChunk();
  }

  /** The file has ended: its last line may have no line feed. */
  end(): void {
    if (this.#held.length === 0 && !this.#midLine) return;
    this.#show(this.#held, 0, this.#held.length, true);
    this.#onChunk();
  }

  #show(bytes: Uint8Array, start: number, end: number, ends: boolean): void {
    const begins = !this.#midLine;
    this.#midLine = !ends;
    this.#onPiece({ bytes, start, end, begins, ends });
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
