/** The last `capacity` items pushed, oldest first; what is older is forgotten. */
export class RingBuffer<T> {
  readonly capacity: number;
  readonly #slots: T[] = [];
  #next = 0;

  /** @throws {RangeError} if `capacity` is not a whole number from 1 up. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`Capacity must be a whole number from 1 up: ${capacity}`);
    }
    this.capacity = capacity;
  }

  get length(): number {
    return this.#slots.length;
  }

  push(item: T): void {
    this.#slots[this.#next] = item;
    this.#next = (this.#next + 1) % this.capacity;
  }

  /** The newest `count` items, oldest of them first; fewer where fewer are held. */
  last(count: number): T[] {
    const wanted = Math.min(Math.max(count, 0), this.length);
    const end = this.length < this.capacity ? this.length : this.#next + this.capacity;
    const items: T[] = [];
    for (let i = end - wanted; i < end; i++) items.push(this.#slots[i % this.capacity]!);
    return items;
  }
}
