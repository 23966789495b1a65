/** How long to wait before a full non-blocking pipe is tried again, ms. */
const RETRY_MS = 5;

/**
 * One of our own output streams. Writes keep their order and are never cut by one another; when
 * the reader has gone away, what comes later is dropped and `onBroken` is called once.
 */
export class Outlet {
  readonly #writer: { write(bytes: Uint8Array): Promise<number> };
  readonly #onBroken: (error: Error) => void;
  #last: Promise<void> = Promise.resolve();
  #pending = 0;
  #broken = false;
  #lineOpen = false;

  constructor(
    writer: { write(bytes: Uint8Array): Promise<number> },
    onBroken: (error: Error) => void,
  ) {
    this.#writer = writer;
    this.#onBroken = onBroken;
  }

  /** Resolves when the bytes are written, or dropped; they must not change until then. */
  write(bytes: Uint8Array): Promise<void> {
    this.passed(bytes);
    this.#pending++;
    return this.#last = this.#last.then(() => this.#writeAll(bytes)).then(() => {
      this.#pending--;
    });
  }

  /** Writes a message of our own on a line of its own, after what was written before. */
  say(text: string): Promise<void> {
    return this.write(new TextEncoder().encode(this.#lineOpen ? `\n${text}` : text));
  }

  /** Something is still waiting for the reader. */
  get pending(): boolean {
    return this.#pending > 0;
  }

  /** Bytes that go around this object now are in order: nothing waits before them. */
  get passable(): boolean {
    return this.#pending === 0 && !this.#broken;
  }

  /** These bytes have gone around this object. */
  passed(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#lineOpen = bytes.at(-1) !== 0x0a;
  }

  /** Resolves when all that was written so far has left, or been dropped. */
  flushed(): Promise<void> {
    return this.#last;
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (rest.length > 0 && !this.#broken) {
      try {
        rest = rest.subarray(await this.#writer.write(rest));
      } catch (error) {
        if (error instanceof Deno.errors.WouldBlock) {
          // Somebody who shares the pipe made it non-blocking (Node does): wait for room.
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
          continue;
        }
        this.#broken = true;
        this.#onBroken(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
}
