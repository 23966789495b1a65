import type { Writer } from "../host/host.ts";

/** An output stream that keeps what it gets; it can be held up, or broken. */
export class FakeWriter implements Writer {
  readonly #decoder = new TextDecoder();
  #text = "";
  #held: Promise<void> | undefined;
  #release = () => {};
  #error: Error | undefined;
  /** What every attempt to write does first: throw, to be tried again. */
  hurdles: Error[] = [];
  /** Bytes taken at once at most. */
  appetite = Infinity;
  attempts = 0;

  get text(): string {
    return this.#text;
  }

  /** From now on nobody reads, until `release`. */
  hold(): void {
    this.#held = new Promise((resolve) => this.#release = resolve);
  }

  release(): void {
    this.#held = undefined;
    this.#release();
  }

  /** From now on every write fails: the reader has gone away. */
  break(error: Error = new Deno.errors.BrokenPipe("Broken pipe (os error 32)")): void {
    this.#error = error;
  }

  async write(bytes: Uint8Array): Promise<number> {
    this.attempts++;
    while (this.#held !== undefined) await this.#held;
    const hurdle = this.hurdles.shift() ?? this.#error;
    if (hurdle !== undefined) throw hurdle;
    const taken = bytes.subarray(0, Math.min(bytes.length, this.appetite));
    this.#text += this.#decoder.decode(taken, { stream: true });
    return taken.length;
  }
}
