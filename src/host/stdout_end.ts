import { cString, libcFiles } from "./libc.ts";

const STDOUT = 1;
/** asm-generic/fcntl.h */
const O_WRONLY = 1;

/**
 * Whoever reads our stdout sees its end now instead of when we exit. Nothing can be written to it any
 * more. Where there is no /dev/null the end comes with our own.
 */
export function endStdout(): void {
  // The next socket or file would get the number of a closed one, so that something else takes its place.
  const c = libcFiles();
  const nowhere = c?.open(cString("/dev/null"), O_WRONLY) ?? -1;
  if (c === undefined || nowhere < 0) return;
  c.dup2(nowhere, STDOUT);
  c.close(nowhere);
  // Deno writes to a duplicate of its own.
  Deno.stdout.close();
}
