import { describeFileError } from "./file_error.ts";

const CHUNK_BYTES = 1024 * 1024;
/** RFC 1952, section 2.3.1. */
const GZIP_MAGIC = [0x1f, 0x8b];

/** A saved log, open for reading once. */
export interface LogSource {
  /** Bytes on disk; `undefined` for a pipe or a device. */
  readonly size: number | undefined;
  /** Bytes on disk that have been read so far. */
  readonly position: number;
  /** The log's bytes, out of gzip where they are in it; a chunk holds until the next is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
  close(): void;
}

/** A log that can't be opened, or not be read to its end: the message says why, in lower case. */
export class LogError extends Error {
  override readonly name = "LogError";
}

/** @throws {LogError} if there is no such file, or it is a folder. `-` is stdin. */
export async function probeLog(path: string): Promise<void> {
  if (path === "-") return;
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (error) {
    throw new LogError(describeFileError(error));
  }
  if (info.isDirectory) throw new LogError("it is a directory");
}

/** @throws {LogError} if the file can't be opened. `-` is stdin. */
export async function openLogSource(path: string): Promise<LogSource> {
  if (path === "-") return new Source(Deno.stdin, undefined);
  await probeLog(path);
  try {
    const file = await Deno.open(path);
    const { isFile, size } = await file.stat();
    return new Source(file, isFile ? size : undefined);
  } catch (error) {
    throw new LogError(describeFileError(error));
  }
}

type Reader = { read(buffer: Uint8Array): Promise<number | null>; close(): void };

class Source implements LogSource {
  readonly size: number | undefined;
  readonly #reader: Reader;
  #position = 0;
  #closed = false;

  constructor(reader: Reader, size: number | undefined) {
    this.#reader = reader;
    this.size = size;
  }

  get position(): number {
    return this.#position;
  }

  async *chunks(): AsyncIterable<Uint8Array> {
    const raw = this.#read();
    // A pipe may give a single byte at first.
    let head = new Uint8Array(0);
    while (head.length < GZIP_MAGIC.length) {
      const { value, done } = await raw.next();
      if (done) break;
      head = joined(head, value);
    }
    const all = prepended(head, raw);
    if (!GZIP_MAGIC.every((byte, index) => head[index] === byte)) {
      yield* all;
      return;
    }
    const { gunzip } = await import("./gunzip.ts");
    try {
      yield* gunzip(all);
    } catch (error) {
      if (error instanceof LogError) throw error;
      throw new LogError(error instanceof Error ? error.message : String(error));
    }
  }

  close(): void {
    if (this.#closed || this.#reader === Deno.stdin) return;
    this.#closed = true;
    this.#reader.close();
  }

  /** Two buffers: while one is looked at, the other is filled. */
  async *#read(): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    let [buffer, other] = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)];
    let reading = this.#fill(buffer);
    for (;;) {
      const length = await reading;
      if (length instanceof LogError) throw length;
      if (length === null) return;
      this.#position += length;
      reading = this.#fill(other);
      yield buffer.subarray(0, length);
      [buffer, other] = [other, buffer];
    }
  }

  /** Never rejects: nobody waits for it when the reader has enough. */
  async #fill(buffer: Uint8Array): Promise<number | null | LogError> {
    try {
      return await this.#reader.read(buffer);
    } catch (error) {
      return new LogError(describeFileError(error));
    }
  }
}

async function* prepended(
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
