import { libcProcesses } from "./libc.ts";

/**
 * Whether we are in the foreground group of the terminal on stdin: what is typed there (Ctrl-C,
 * Ctrl-\, Ctrl-Z) then reaches every process of our group at once, by the kernel.
 */
export function inForeground(): boolean {
  const c = libcProcesses();
  return c !== undefined && c.tcgetpgrp(0) === c.getpgid(0);
}

/**
 * Whether somebody is there to continue us after a stop: a shell, which is a parent in our session
 * and another group. The kernel doesn't let Ctrl-Z stop others (POSIX: orphaned process group).
 */
export function underJobControl(): boolean {
  const c = libcProcesses();
  return c !== undefined && c.getsid(Deno.ppid) === c.getsid(0) &&
    c.getpgid(Deno.ppid) !== c.getpgid(0);
}
