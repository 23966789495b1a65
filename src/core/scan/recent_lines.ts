import type { Line } from "../line.ts";
import type { PassedLines } from "./passed_lines.ts";
import { SpareRooms } from "./spare_rooms.ts";

type Entry = Line | PassedLines;

/**
 * Ring buffer of the last `capacity` lines. Lines that the filter let pass are held as the bytes
 * they came in, and become lines when somebody asks for them.
 */
export class RecentLines {
  readonly capacity: number;
  /** Oldest first; the first `#gone` held no line of the last `capacity` any more. */
  #entries: (Entry | undefined)[] = [];
  #gone = 0;
  #length = 0;
  /** An entry still lies in the chunk at hand. */
  #unsettled = false;
  readonly #rooms = new SpareRooms();
  readonly #wanted: (lines: PassedLines) => boolean;

  /**
   * `wanted` says of lines that are about to go whether somebody still has them.
   * @throws {RangeError} if `capacity` is not a whole number from 1 up.
   */
  constructor(capacity: number, wanted: (lines: PassedLines) => boolean = () => false) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`Capacity must be a whole number from 1 up: ${capacity}`);
    }
    this.capacity = capacity;
    this.#wanted = wanted;
  }

  get length(): number {
    return Math.min(this.#length, this.capacity);
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
    if (!("text" in entry)) this.#unsettled = true;
    this.#length += countOf(entry);
    for (;;) {
      const oldest = this.#entries[this.#gone]!;
      if (this.#length - countOf(oldest) < this.capacity) break;
      this.#length -= countOf(oldest);
      // What is kept for longer than it is needed V8 takes for long-lived, and hardly ever looks at again.
      this.#entries[this.#gone++] = undefined;
      if (!("text" in oldest) && !this.#wanted(oldest)) oldest.release(this.#rooms);
    }
    // Not at every line: moving the others up costs more than the few bytes.
    if (this.#gone > this.capacity) {
      this.#entries = this.#entries.slice(this.#gone);
      this.#gone = 0;
    }
  }

  /** The bytes of the chunk at hand will be overwritten: what may still be asked for is copied. */
  settle(): void {
    if (!this.#unsettled) return;
    this.#unsettled = false;
    for (let i = this.#gone; i < this.#entries.length; i++) {
      const entry = this.#entries[i]!;
      if (!("text" in entry) && !entry.settled) entry.settle(this.capacity, this.#rooms);
    }
  }

  /** The newest `count` lines, oldest of them first; fewer where fewer are held. */
  last(count: number): Line[] {
    let missing = Math.min(Math.max(count, 0), this.length);
    const parts: Line[][] = [];
    for (let i = this.#entries.length - 1; missing > 0; i--) {
      const entry = this.#entries[i]!;
      const lines = "text" in entry ? [entry] : entry.last(Math.min(missing, entry.count));
      parts.push(lines);
      missing -= lines.length;
    }
    return parts.reverse().flat();
  }
}

function countOf(entry: Entry): number {
  return "text" in entry ? 1 : entry.count;
}
