import { libc, libcProcesses } from "./libc.ts";

const P_ALL = 0;
const WNOHANG = 1;
const WEXITED = 4;
const WNOWAIT = 0x01000000;
const PR_SET_CHILD_SUBREAPER = 36;
/** `si_pid` in siginfo_t, after si_signo, si_errno, si_code and padding (x86_64 and arm64). */
const SI_PID_OFFSET = 16;

/**
 * Orphans of our tree come to us instead of to PID 1. As PID 1 they do so anyway.
 * False where the kernel or the C library doesn't let us: orphans then escape to PID 1.
 */
export function becomeSubreaper(): boolean {
  return Deno.pid === 1 || libc()?.prctl(PR_SET_CHILD_SUBREAPER, 1n, 0n, 0n, 0n) === 0;
}

/** What waitid(2) sees of our children without reaping any. */
function peek(): { any: boolean; dead: number } | undefined {
  const info = new Uint8Array(128);
  const result = libc()?.waitid(P_ALL, 0, info, WEXITED | WNOHANG | WNOWAIT);
  if (result === undefined) return undefined;
  return { any: result === 0, dead: new DataView(info.buffer).getInt32(SI_PID_OFFSET, true) };
}

/**
 * Reaps every dead child except `spared`: that one Deno waits for, and its status would be lost.
 * waitid(2) peeks first, because waitpid(-1) couldn't be told to leave it alone.
 */
export function reapOrphans(spared: number | undefined): void {
  for (;;) {
    const seen = peek();
    if (seen === undefined || !seen.any || seen.dead === 0 || seen.dead === spared) return;
    libcProcesses()?.waitpid(seen.dead, new Uint8Array(4), WNOHANG);
  }
}

/** Whether we have a child at all, dead or alive; `undefined` where it can't be known. */
export function hasChildren(): boolean | undefined {
  return peek()?.any;
}
