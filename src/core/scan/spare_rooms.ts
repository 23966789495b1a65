/** Copies smaller than this have a room of their own size: there may be many of them. */
const MIN_ROOM = 4096;
/** A flood needs one at a time, on each of two streams. */
const MAX_SPARE = 2;

/**
 * Room for copies of bytes, used again and again: a flood makes one at each chunk, and what the garbage
 * collector has to clear away behind it costs more than the copy.
 */
export class SpareRooms {
  #spare: Uint8Array<ArrayBuffer>[] = [];

  /** At least `length` bytes, of any content. */
  take(length: number): Uint8Array<ArrayBuffer> {
    if (length < MIN_ROOM) return new Uint8Array(length);
    const fitting = this.#spare.findIndex((room) => room.length >= length);
    if (fitting !== -1) return this.#spare.splice(fitting, 1)[0]!;
    return new Uint8Array(2 ** Math.ceil(Math.log2(length)));
  }

  /** The room is needed no more: whoever comes next overwrites it. */
  giveBack(room: Uint8Array<ArrayBuffer>): void {
    if (room.length < MIN_ROOM) return;
    // The newest is as big as copies are now.
    this.#spare.unshift(room);
    if (this.#spare.length > MAX_SPARE) this.#spare.pop();
  }
}
