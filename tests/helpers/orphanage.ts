import { libcProcesses } from "../../src/host/libc.ts";
import { becomeSubreaper } from "../../src/host/reaper.ts";
import { childrenOf, stateOf } from "./processes.ts";

becomeSubreaper();
// Loaded here, for within a test the test runner takes it for a leak.
libcProcesses();

/**
 * The dead that nobody has reaped: what a program under test leaves behind is ours, because this
 * process is the subreaper of all that the tests start. Those that Deno waits for are gone soon.
 */
export function unreaped(): number[] {
  return childrenOf(Deno.pid).filter((pid) => stateOf(pid) === "Z");
}

/**
 * Takes away what a failed test, or a peer that is no init, has left; `started` Deno waits for.
 */
export function buryAll(started: ReadonlySet<number>): void {
  for (const pid of unreaped()) {
    if (!started.has(pid)) libcProcesses()?.waitpid(pid, new Uint8Array(4), 0);
  }
}
