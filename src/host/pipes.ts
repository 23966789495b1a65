import { libc } from "./libc.ts";

// asm-generic/fcntl.h, linux/fcntl.h
const F_GETFD = 1;
const F_SETPIPE_SZ = 1031;
const F_GETPIPE_SZ = 1032;

/** What an unprivileged process may ask for (pipe(7): pipe-max-size). */
const PIPE_BYTES = 1024 * 1024;

/** A spawn takes six at a time, both ends of the child's two pipes and of Rust's own, other threads few. */
const SPAWN_DESCRIPTORS = 16;
/** Descriptors that are looked at: a process that has just started has far fewer. */
const MAX_DESCRIPTORS = 1024;

/** Our ends of the child's pipes, as descriptors. */
export interface PipeEnds {
  readonly stdout: number;
  readonly stderr: number;
}

/** Whether a descriptor is open and a pipe's, a FIFO's included. */
export function isPipe(fd: number): boolean {
  return (libc()?.fcntl(fd, F_GETPIPE_SZ, 0) ?? -1) > 0;
}

/** Those that a spawn will get: the kernel gives out the lowest free descriptors. In ascending order. */
export function freeDescriptors(): number[] {
  const free: number[] = [];
  const c = libc();
  if (c === undefined) return free;
  for (let fd = 3; fd < MAX_DESCRIPTORS && free.length < SPAWN_DESCRIPTORS; fd++) {
    if (c.fcntl(fd, F_GETFD, 0) < 0) free.push(fd);
  }
  return free;
}

/** Makes a pipe as wide as it may be; where the kernel refuses it stays as it is. */
export function widenPipe(fd: number): void {
  libc()?.fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
}

/**
 * Makes those of the descriptors that are pipes now as wide as they may be, and returns them in the
 * same order. A pipe of 64 KiB wakes us four times as often. Where the kernel refuses (the user's
 * pipes have used up their pages, pipe(7)) they stay as they are.
 */
export function widenPipes(descriptors: readonly number[]): number[] {
  const opened = descriptors.filter(isPipe);
  for (const fd of opened) widenPipe(fd);
  return opened;
}

/**
 * Which of the pipes that a spawn has opened is which; `undefined` where that isn't certain. Rust's
 * standard library opens stdout's pipe before stderr's. The kernel gives out the lowest free
 * descriptor, so the order shows there, unless another thread closes a lower one in between; and
 * inode numbers count up, unless the thread moves to another processor in between, each of which
 * counts for itself. Where both agree nothing of that has happened: both within the same few
 * microseconds would have to hide each other.
 */
export function pipeEnds(
  opened: readonly number[],
  inode: (fd: number) => number = pipeInode,
): PipeEnds | undefined {
  const [stdout, stderr] = opened;
  if (stdout === undefined || stderr === undefined || opened.length !== 2) return undefined;
  return stdout < stderr && inode(stdout) < inode(stderr) ? { stdout, stderr } : undefined;
}

/** NaN, which is neither before nor after anything, without /proc. */
function pipeInode(fd: number): number {
  try {
    return Number(/^pipe:\[(\d+)\]$/.exec(Deno.readLinkSync(`/proc/self/fd/${fd}`))?.[1]);
  } catch {
    return NaN;
  }
}
