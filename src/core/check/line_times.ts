import type { Timestamp } from "./timestamp.ts";

const [ZONED, YEAR] = [1, 2];

/**
 * The timestamps of the lines that are waiting to be looked at, first in, first out. In arrays: as
 * objects, thousands of which live at a time, they would keep the garbage collector busy.
 */
export class LineTimes {
  #capacity = 1024;
  #indices = new Int32Array(this.#capacity);
  #ms = new Float64Array(this.#capacity);
  #forms = new Uint8Array(this.#capacity);
  #length = 0;
  #first = 0;

  /** The line that begins at `index`, behind all added before it, has this timestamp. */
  add(index: number, { ms, zoned, year }: Timestamp): void {
    if (this.#length === this.#capacity) this.#grow();
    this.#indices[this.#length] = index;
    this.#ms[this.#length] = ms;
    this.#forms[this.#length] = (zoned ? ZONED : 0) | (year ? YEAR : 0);
    this.#length++;
  }

  /** Whether the first of them is of a line that begins at `index` or before. */
  isDue(index: number): boolean {
    return this.#first < this.#length && this.#indices[this.#first]! <= index;
  }

  /** The first one's time, in ms. */
  get ms(): number {
    return this.#ms[this.#first]!;
  }

  /** The first one. */
  get timestamp(): Timestamp {
    const form = this.#forms[this.#first]!;
    return { ms: this.ms, zoned: (form & ZONED) !== 0, year: (form & YEAR) !== 0 };
  }

  /** Drops the first one. */
  shift(): void {
    this.#first++;
  }

  clear(): void {
    this.#length = 0;
    this.#first = 0;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#indices = grown(this.#indices, new Int32Array(this.#capacity));
    this.#ms = grown(this.#ms, new Float64Array(this.#capacity));
    this.#forms = grown(this.#forms, new Uint8Array(this.#capacity));
  }
}

function grown<T extends Int32Array | Float64Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
