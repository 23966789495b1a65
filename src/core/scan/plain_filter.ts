import type { LineFilter } from "./line_filter.ts";
import type { Pattern } from "./pattern.ts";

const LF = 0x0a;
const CR = 0x0d;

/** What line_filter.wat and line_ends.wat do, one byte after the other: the reference. */
export class PlainFilter implements LineFilter {
  /** The patterns that begin with each byte. */
  readonly #beginning: readonly (readonly Pattern[])[];
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(patterns: readonly Pattern[]) {
    this.#beginning = Array.from({ length: 256 }, (_, byte) => {
      const character = String.fromCharCode(byte);
      return patterns.filter(([first]) => first!.includes(character));
    });
  }

  load(chunk: Uint8Array): void {
    this.#chunk = chunk;
  }

  next(from: number, end: number): number {
    for (let at = from; at < end; at++) {
      if (this.#beginning[this.#chunk[at]!]!.some((pattern) => this.#stands(pattern, at))) {
        return at;
      }
    }
    return end;
  }

  find(byte: number, from: number, end: number): number {
    const index = this.#chunk.subarray(from, end).indexOf(byte);
    return index === -1 ? end : from + index;
  }

  lineEnds(from: number, end: number): number {
    let count = 0;
    for (let at = from; at < end; at++) if (this.#endsLine(at)) count++;
    return count;
  }

  lastLines(start: number, end: number, count: number): number {
    let left = count + 1;
    for (let at = end - 1; at >= start; at--) {
      if (this.#endsLine(at) && --left === 0) return at + 1;
    }
    return start;
  }

  #stands(pattern: Pattern, at: number): boolean {
    return pattern.every((bytes, i) => {
      const byte = this.#chunk[at + i];
      return byte !== undefined && bytes.includes(String.fromCharCode(byte));
    });
  }

  #endsLine(at: number): boolean {
    const byte = this.#chunk[at];
    return byte === LF || (byte === CR && this.#chunk[at + 1] !== LF);
  }
}

/** Finds something in every line: all of them are read, as if there were no filter. */
export class ReadAllFilter extends PlainFilter {
  constructor() {
    super([]);
  }

  override next(from: number): number {
    return from;
  }
}
