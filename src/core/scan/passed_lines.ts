import type { Line, StreamName } from "../line.ts";
import { cutLines } from "./line_sieve.ts";
import type { SpareRooms } from "./spare_rooms.ts";

/** A copy of lines longer than this on average is held as text, which is cut at `MAX_LINE_BYTES`. */
const LONG_LINES = 1024;

/** Whole lines of one stream that nobody had to look at, as the bytes they came in. */
export class PassedLines {
  readonly #stream: StreamName;
  readonly #at: number;
  /** Number of the last line. */
  readonly #lastNumber: number;
  readonly count: number;
  #lastLines: ((count: number) => Uint8Array) | undefined;
  #kept: Uint8Array | Line[] | undefined;
  #room: Uint8Array<ArrayBuffer> | undefined;

  /**
   * `at` in ms. `lastLines` gives the bytes of the last so many lines, and may be called until
   * `settle` is.
   */
  constructor(
    { stream, at, lastNumber, count }: {
      stream: StreamName;
      at: number;
      lastNumber: number;
      count: number;
    },
    lastLines: (count: number) => Uint8Array,
  ) {
    this.#stream = stream;
    this.#at = at;
    this.#lastNumber = lastNumber;
    this.count = count;
    this.#lastLines = lastLines;
  }

  get settled(): boolean {
    return this.#kept !== undefined;
  }

  /** Copies the last `count` lines: the chunk that they lie in will be overwritten. */
  settle(count: number, rooms: SpareRooms): void {
    const bytes = this.#lastLines!(count);
    this.#lastLines = undefined;
    if (bytes.length > Math.min(count, this.count) * LONG_LINES) {
      this.#kept = this.#cut(bytes);
    } else {
      this.#room = rooms.take(bytes.length);
      this.#room.set(bytes);
      this.#kept = this.#room.subarray(0, bytes.length);
    }
  }

  /** Nobody will ask for a line any more. */
  release(rooms: SpareRooms): void {
    if (this.#room !== undefined) rooms.giveBack(this.#room);
    this.#room = undefined;
    this.#kept = [];
  }

  /** The last `count` lines, if so many were kept. */
  last(count: number): Line[] {
    if (Array.isArray(this.#kept)) return this.#kept.slice(-count);
    return this.#cut(this.#kept ?? this.#lastLines!(count)).slice(-count);
  }

  #cut(bytes: Uint8Array): Line[] {
    const texts: string[] = [];
    cutLines((text) => texts.push(text)).push(bytes);
    const first = this.#lastNumber - texts.length + 1;
    return texts.map((text, i) => ({
      number: first + i,
      stream: this.#stream,
      text,
      at: this.#at,
    }));
  }
}
