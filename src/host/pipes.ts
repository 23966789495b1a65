import { libc } from "./libc.ts";

// linux/fcntl.h
const F_SETPIPE_SZ = 1031;
const F_GETPIPE_SZ = 1032;

/** What an unprivileged process may ask for (pipe(7): pipe-max-size). */
const PIPE_BYTES = 1024 * 1024;

/** Descriptors that are looked at: a process that has just started has far fewer. */
const DESCRIPTORS = 128;

/** Our descriptors that are pipes. */
export function openPipes(): Set<number> {
  const pipes = new Set<number>();
  for (let fd = 3; fd < DESCRIPTORS; fd++) {
    if ((libc()?.fcntl(fd, F_GETPIPE_SZ, 0) ?? -1) > 0) pipes.add(fd);
  }
  return pipes;
}

/**
 * Makes the pipes opened since `before` as wide as they may be. A pipe of 64 KiB wakes us four
 * times as often. Where the kernel refuses (the user's pipes have used up their pages, pipe(7))
 * they stay as they are.
 */
export function widenPipes(before: ReadonlySet<number>): void {
  for (const fd of openPipes()) {
    if (!before.has(fd)) libc()?.fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
  }
}
