/** Events in the order in which they were pushed, for one reader. */
export class EventQueue<T> {
  readonly #items: (() => T)[] = [];
  #wake: (() => void) | undefined;

  push(item: T): void {
    this.#add(() => item);
  }

  /** Makes the reader throw `error` when it comes to this place in the queue. */
  fail(error: unknown): void {
    this.#add(() => {
      throw error;
    });
  }

  async next(): Promise<T> {
    while (this.#items.length === 0) {
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
    return this.#items.shift()!();
  }

  #add(item: () => T): void {
    this.#items.push(item);
    this.#wake?.();
  }
}
