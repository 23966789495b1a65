import { describeFileError } from "./file_error.ts";

/**
 * The file that the child's output is also written to. It starts empty, and past `maxBytes` it
 * becomes `PATH.1`, so that a log on tmpfs can't fill the memory. What goes wrong is told once and
 * never stops the run.
 */
export class LogFile {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #warn: (text: string) => void;
  #file: Deno.FsFile | undefined;
  #size = 0;
  #rotates = true;
  #warned = false;
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, maxBytes: number, warn: (text: string) => void) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#warn = warn;
  }

  /** Never rejects: a file that can't be opened is a warning, and then a log that drops all. */
  static async open(
    path: string,
    maxBytes: number,
    warn: (text: string) => void,
  ): Promise<LogFile> {
    const log = new LogFile(path, maxBytes, warn);
    try {
      const known = await Deno.stat(path).catch(() => undefined);
      // Opening a FIFO without a reader would wait for ever.
      if (known?.isFifo || known?.isSocket || known?.isDirectory) {
        throw new Error("it is not a regular file");
      }
      log.#rotates = !known?.isCharDevice && !known?.isBlockDevice;
      await log.#reopen();
    } catch (error) {
      log.#fail(error);
    }
    return log;
  }

  /** Resolves when the bytes are in the file, or dropped; they must not change until then. */
  write(bytes: Uint8Array): Promise<void> {
    return this.#last = this.#last.then(() => this.#write(bytes));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; at += this.#maxBytes) {
        await this.#writePart(bytes.subarray(at, at + this.#maxBytes));
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #writePart(bytes: Uint8Array): Promise<void> {
    if (this.#file === undefined) return;
    if (this.#rotates && this.#size > 0 && this.#size + bytes.length > this.#maxBytes) {
      await this.#rotate();
    }
    let rest = bytes;
    while (rest.length > 0) rest = rest.subarray(await this.#file.write(rest));
    this.#size += bytes.length;
  }

  async #rotate(): Promise<void> {
    await Deno.rename(this.#path, `${this.#path}.1`).catch((error) => {
      // Somebody has removed the file: it starts anew all the same.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    await this.#reopen();
  }

  async #reopen(): Promise<void> {
    const file = await Deno.open(this.#path, { write: true, create: true, truncate: true });
    this.#file?.close();
    this.#file = file;
    this.#size = 0;
  }

  #fail(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    const reason = describeFileError(error);
    this.#warn(`cannot write the log file ${this.#path}: ${reason}; the run goes on without it`);
  }
}
