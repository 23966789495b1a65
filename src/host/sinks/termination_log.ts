import { cString, libcFiles } from "../libc.ts";

/** Where Kubernetes mounts the file unless the container's `terminationMessagePath` says otherwise. */
export const DEFAULT_TERMINATION_LOG = "/dev/termination-log";

/** Flags of open(2) on Linux, x86_64 and arm64. */
const O_WRONLY = 0o1;
const O_TRUNC = 0o1000;
const O_NONBLOCK = 0o4000;

export interface TerminationLogOptions {
  /** The file that the user named; `undefined`: Kubernetes' own, if it is there. */
  readonly path: string | undefined;
  /** Kubernetes' own is written although the child has left a message there. */
  readonly overwrite: boolean;
}

/** @throws {Error} if the file that the user named can't be written. */
export async function writeTerminationLog(
  text: string,
  { path, overwrite }: TerminationLogOptions,
): Promise<void> {
  if (path !== undefined) return await write(path, text);
  const known = await Deno.stat(DEFAULT_TERMINATION_LOG).catch(() => undefined);
  if (!known?.isFile || (known.size > 0 && !overwrite)) return;
  // Nobody has asked for it: a file that belongs to somebody else is no trouble of the user's.
  await write(DEFAULT_TERMINATION_LOG, text).catch(() => {});
}

async function write(path: string, text: string): Promise<void> {
  const known = await Deno.stat(path).catch(() => undefined);
  if (known !== undefined && !known.isFile) throw new Error("it is not a regular file");
  try {
    await Deno.writeTextFile(path, text);
  } catch (error) {
    // Deno writes below /dev only for programs that may do everything, and the file is a mount
    // point there: it can't be replaced, only filled.
    if (!(error instanceof Deno.errors.NotCapable) || known === undefined) throw error;
    fill(path, new TextEncoder().encode(text));
  }
}

function fill(path: string, bytes: Uint8Array<ArrayBuffer>): void {
  const c = libcFiles();
  const fd = c?.open(cString(path), O_WRONLY | O_TRUNC | O_NONBLOCK) ?? -1;
  if (c === undefined || fd < 0) throw new Error("permission denied");
  const written = Number(c.write(fd, bytes, BigInt(bytes.length)));
  c.close(fd);
  if (written !== bytes.length) throw new Error("no space left on device");
}
