import { descendants } from "../core/process_table.ts";
import { SIGNAL_NUMBERS, type SignalName } from "../core/signals.ts";
import { handlesSignal, listProcesses, type ProcessStat } from "./procfs.ts";
import { becomeSubreaper, hasChildren, reapOrphans } from "./reaper.ts";

/**
 * The child and everything that came from it. The child leads a process group of its own; what
 * left that group is still found, because orphans of the tree become our children (subreaper).
 */
export class ProcessTree {
  readonly #subreaper: boolean;
  /** Children that were ours before: `sidecar & exec bailout …` in a shell script. Not the tree. */
  readonly #inherited: ReadonlySet<number>;
  #leader: number | undefined;
  #leaderAlive = false;

  constructor() {
    this.#subreaper = becomeSubreaper();
    this.#inherited = new Set(
      hasChildren() ? descendants(listProcesses(), Deno.pid, new Set()).map((p) => p.pid) : [],
    );
  }

  /** `pid` is the child that Deno has just started as the leader of its own group. */
  adopt(pid: number): void {
    this.#leader = pid;
    this.#leaderAlive = true;
  }

  /** Deno has reaped the child; from now on nothing has to be spared. */
  leaderExited(): void {
    this.#leaderAlive = false;
  }

  /** Reaps the dead that are ours, the child excepted while Deno waits for it. */
  reap(): void {
    reapOrphans(this.#leaderAlive ? this.#leader : undefined);
  }

  /** Whether nothing of the tree is left, zombies included. */
  gone(): boolean {
    if (this.#leaderAlive) return false;
    this.reap();
    if (this.#leader !== undefined && send(-this.#leader, 0)) return false;
    if (!this.#subreaper || hasChildren() !== true) return true;
    return this.#inherited.size > 0 && this.#members().length === 0;
  }

  /** Sends a signal to the child's group. */
  forward(signal: SignalName): void {
    if (this.#leader !== undefined) send(-this.#leader, SIGNAL_NUMBERS[signal]);
  }

  /** Sends a signal to every process of the tree. */
  stop(signal: SignalName): void {
    this.forward(signal);
    for (const { pid, group } of this.#members()) {
      if (group !== this.#leader) send(pid, SIGNAL_NUMBERS[signal]);
    }
  }

  /** Continues every process of the tree that is stopped. */
  wake(): void {
    for (const { pid, state } of this.#members()) {
      if (state === "T") send(pid, SIGNAL_NUMBERS.SIGCONT);
    }
  }

  /**
   * Stops the child's group and then ourselves, until SIGCONT. The kernel discards the default
   * action of SIGTSTP in a group without a parent in its session (POSIX: orphaned), which the
   * child's is, so only those with a handler get SIGTSTP, the rest SIGSTOP.
   */
  suspend(): void {
    const group = this.#members().filter((process) => process.group === this.#leader);
    if (group.length === 0) this.forward("SIGSTOP");
    for (const { pid } of group) {
      const polite = handlesSignal(pid, SIGNAL_NUMBERS.SIGTSTP);
      send(pid, polite ? SIGNAL_NUMBERS.SIGTSTP : SIGNAL_NUMBERS.SIGSTOP);
    }
    // As PID 1 of a container this does nothing: the kernel protects it from itself.
    send(Deno.pid, SIGNAL_NUMBERS.SIGSTOP);
  }

  #members(): ProcessStat[] {
    return descendants(listProcesses(), Deno.pid, this.#inherited);
  }
}

/** kill(2); false where there is nobody to get the signal. */
function send(pid: number, signal: number): boolean {
  try {
    // Deno takes numbers too, 0 for a mere look among them; its types only know names.
    Deno.kill(pid, signal as unknown as Deno.Signal);
    return true;
  } catch (error) {
    // EPERM: somebody is there, with another user's rights (setuid programs).
    return error instanceof Deno.errors.PermissionDenied;
  }
}
