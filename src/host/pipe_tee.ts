import { libcFiles } from "./libc.ts";
import { isPipe, widenPipe } from "./pipes.ts";

// linux/splice.h
const SPLICE_F_NONBLOCK = 2;

/** At most so much is moved, and shown, at a time. */
const CHUNK_BYTES = 256 * 1024;

/** From one pipe to another without a copy of ours: tee(2), which duplicates pages by reference. */
export class PipeTee {
  readonly #from: number;
  readonly #to: number;
  #possible: boolean | undefined;
  #buffer: Uint8Array<ArrayBuffer> | undefined;

  /** Nothing is looked at before it is needed: most children never flood. */
  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
  }

  /** Whether both are pipes, and tee(2) is there. What our descriptors are doesn't change. */
  get possible(): boolean {
    if (this.#possible === undefined) {
      this.#possible = isPipe(this.#from) && isPipe(this.#to) && libcFiles() !== undefined;
      // As the child's: through 64 KiB a flood takes a tenth longer.
      if (this.#possible) widenPipe(this.#to);
    }
    return this.#possible;
  }

  /**
   * Hands on what is in the first pipe and fits into the second, at most 256 KiB, and returns it, in
   * `room` if that is given; it holds until the next call. Never waits. `undefined` where nothing moved: the one is empty or has
   * ended, the other is full or has no reader. Which it is shows the next ordinary read and write.
   */
  move(room?: Uint8Array<ArrayBuffer>): Uint8Array | undefined {
    if (!this.possible) return undefined;
    const { tee } = libcFiles()!;
    const buffer = room ?? (this.#buffer ??= new Uint8Array(CHUNK_BYTES));
    const most = Math.min(buffer.length, CHUNK_BYTES);
    let moved = 0;
    // A pipe that can't be widened takes 64 KiB at a time, and its reader can be as fast as this.
    while (moved < most) {
      const left = BigInt(most - moved);
      const passed = Number(tee(this.#from, this.#to, left, SPLICE_F_NONBLOCK));
      if (passed <= 0) break;
      const taken = this.#take(buffer.subarray(moved, moved + passed));
      moved += taken;
      if (taken < passed) break;
    }
    return moved === 0 ? undefined : buffer.subarray(0, moved);
  }

  /** tee(2) leaves the bytes where they were: exactly those are taken out now. */
  #take(passed: Uint8Array<ArrayBuffer>): number {
    let taken = 0;
    while (taken < passed.length) {
      const rest = passed.subarray(taken);
      const got = Number(libcFiles()!.read(this.#from, rest, BigInt(rest.length)));
      // Only if somebody else reads our end, through /proc: then the bytes are his.
      if (got <= 0) break;
      taken += got;
    }
    return taken;
  }
}
