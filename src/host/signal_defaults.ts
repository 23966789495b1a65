import { libc } from "./libc.ts";

const SIG_IGN = 1n;
const SIG_SETMASK = 2;
const SIGPIPE = 13;
const SIGHUP = 1;
const LAST_SIGNAL = 64;
/** More than glibc's struct sigaction and sigset_t, 152 and 128 bytes on x86_64 and arm64. */
const STRUCT_BYTES = 256;

/**
 * Gives back to every signal its default action and empties the mask, as far as our parent had
 * changed them (`nohup`, `cmd &` in a script, Python): the child would inherit both through exec.
 * Returns whether SIGHUP was ignored, which is how nohup(1) asks for being left alone by it.
 */
export function resetSignals(): { hangupIgnored: boolean } {
  const c = libc();
  let hangupIgnored = false;
  // The mask is one thread's, and children are forked off this one. Signals for the whole process
  // go to any thread that doesn't block them, so that we get them too.
  c?.sigprocmask(SIG_SETMASK, new Uint8Array(STRUCT_BYTES), null);
  const action = new Uint8Array(STRUCT_BYTES);
  const view = new DataView(action.buffer);
  for (let signal = 1; signal <= LAST_SIGNAL; signal++) {
    // glibc refuses 32 and 33, its own, and posix_spawn's users have never seen them ignored.
    if (c?.sigaction(signal, null, action) !== 0) continue;
    const handler = view.getBigUint64(0, true);
    // Rust's start-up ignores SIGPIPE, and undoes that in each child.
    if (handler !== SIG_IGN || signal === SIGPIPE) continue;
    if (signal === SIGHUP) hangupIgnored = true;
    else c.sigaction(signal, new Uint8Array(STRUCT_BYTES), null);
  }
  return { hangupIgnored };
}
