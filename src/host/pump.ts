import type { Flood } from "./flood.ts";

const CHUNK_BYTES = 256 * 1024;

/** Moves one of the child's pipes on, byte for byte, and shows each chunk to `tap` on the way. */
export class Pump {
  /** Resolves when the pipe has ended or the pump was cancelled. Never rejects. */
  readonly done: Promise<void>;
  readonly #reader: ReadableStreamBYOBReader;
  #cancelled = false;

  /**
   * `write` keeps the order of its calls, and resolves when the chunk may be reused: the child is
   * slowed down by a slow reader as with a plain pipe. `tap` runs while the write is under way, and
   * never delays it. `flood` is a faster way for much at once, where there is one.
   */
  constructor(
    stream: ReadableStream<Uint8Array<ArrayBuffer>>,
    write: (bytes: Uint8Array) => Promise<unknown>,
    tap: (bytes: Uint8Array) => void,
    flood?: Pick<Flood, "carry">,
  ) {
    this.#reader = stream.getReader({ mode: "byob" });
    this.done = this.#run(write, tap, flood);
  }

  /** Stops reading; what was read is still being written. */
  cancel(): void {
    this.#cancelled = true;
    this.#reader.cancel().catch(() => {});
  }

  async #run(
    write: (bytes: Uint8Array) => Promise<unknown>,
    tap: (bytes: Uint8Array) => void,
    flood: Pick<Flood, "carry"> | undefined,
  ): Promise<void> {
    const wanted = () => !this.#cancelled;
    // Two buffers: while one is being written, the other is filled and looked at.
    let buffer = new ArrayBuffer(CHUNK_BYTES);
    let other = { buffer: new ArrayBuffer(CHUNK_BYTES), written: Promise.resolve<unknown>(0) };
    try {
      while (!this.#cancelled) {
        const { value, done } = await this.#reader.read(new Uint8Array(buffer));
        if (done || value === undefined) break;
        const written = write(value);
        tap(value);
        await other.written;
        buffer = other.buffer;
        other = { buffer: value.buffer, written };
        await flood?.carry(value.length, written, wanted);
      }
    } catch {
      // A pipe that can't be read has ended as far as we are concerned.
    }
    await other.written;
  }
}
