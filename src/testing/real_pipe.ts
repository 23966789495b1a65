import { libc, libcFiles } from "../host/libc.ts";

// fcntl.h
const O_NONBLOCK = 0o4000;

const { symbols } = Deno.dlopen("libc.so.6", {
  pipe2: { parameters: ["buffer", "i32"], result: "i32" },
});
// What is loaded for good within a test the test runner takes for a leak.
libc();
libcFiles();

/** A pipe of the kernel's, 64 KiB wide, both of whose ends are ours and never wait. */
export class RealPipe implements Disposable {
  readonly readEnd: number;
  readonly writeEnd: number;
  readonly #open: Set<number>;

  constructor() {
    const ends = new Int32Array(2);
    if (symbols.pipe2(ends, O_NONBLOCK) !== 0) throw new Error("pipe2");
    [this.readEnd, this.writeEnd] = [ends[0]!, ends[1]!];
    this.#open = new Set(ends);
  }

  /** What has no room is lost. */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    libcFiles()!.write(this.writeEnd, bytes, BigInt(bytes.length));
  }

  /** All that is in the pipe. */
  read(): Uint8Array<ArrayBuffer> {
    const buffer = new Uint8Array(1024 * 1024);
    const count = Number(libcFiles()!.read(this.readEnd, buffer, BigInt(buffer.length)));
    return buffer.slice(0, Math.max(0, count));
  }

  close(end: number): void {
    if (this.#open.delete(end)) libcFiles()!.close(end);
  }

  [Symbol.dispose](): void {
    for (const end of this.#open) this.close(end);
  }
}
