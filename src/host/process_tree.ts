import { descendants } from "../core/process_table.ts";
import type { Placement } from "../core/signal_mode.ts";
import { SIGNAL_NUMBERS, type SignalName } from "../core/signals.ts";
import { handlesSignal, listProcesses, type ProcessStat } from "./procfs.ts";
import { becomeSubreaper, hasChildren, reapOrphans } from "./reaper.ts";
import { inForeground, underJobControl } from "./terminal.ts";

/** What a terminal sends to its whole foreground group. */
const TYPED: ReadonlySet<SignalName> = new Set(["SIGINT", "SIGQUIT", "SIGTSTP"]);

/**
 * The child and everything that came from it. The child leads a process group of its own, unless it
 * shares our terminal; what isn't in that group is still found, because orphans of the tree become
 * our children (subreaper).
 */
export class ProcessTree {
  readonly #subreaper: boolean;
  /** Children that were ours before: `sidecar & exec bailout …` in a shell script. Not the tree. */
  readonly #inherited: ReadonlySet<number>;
  #leader: number | undefined;
  #leaderAlive = false;
  #placement: Placement = { signalMode: "group", ownSession: true };

  constructor() {
    this.#subreaper = becomeSubreaper();
    this.#inherited = new Set(
      hasChildren() ? descendants(listProcesses(), Deno.pid, new Set()).map((p) => p.pid) : [],
    );
  }

  /** `pid` is the child that Deno has just started, as the leader of its own group or in ours. */
  adopt(pid: number, placement: Placement): void {
    this.#leader = pid;
    this.#leaderAlive = true;
    this.#placement = placement;
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
    if (this.#group !== undefined && send(-this.#group, 0)) return false;
    if (!this.#subreaper || hasChildren() !== true) return true;
    return this.#inherited.size > 0 && this.#members().length === 0;
  }

  /** Sends a signal to the child's group, or to the child alone: `Placement.signalMode`. */
  forward(signal: SignalName): void {
    if (!this.#wasTyped(signal)) this.#deliver(signal);
  }

  /** Sends a signal to every process of the tree. */
  stop(signal: SignalName): void {
    // The whole group in one call: nothing in it can get away by forking.
    if (this.#group !== undefined) send(-this.#group, SIGNAL_NUMBERS[signal]);
    const others = this.#members().filter(({ group }) => group !== this.#group);
    for (const { pid } of others) send(pid, SIGNAL_NUMBERS[signal]);
    if (this.#group === undefined && others.length === 0) this.#deliver(signal);
  }

  /** Continues every process of the tree that is stopped. */
  wake(): void {
    for (const { pid, state } of this.#members()) {
      if (state === "T") send(pid, SIGNAL_NUMBERS.SIGCONT);
    }
  }

  /**
   * Stops those whom signals are passed on to and then ourselves, until SIGCONT. The kernel discards
   * the default action of SIGTSTP in a group without a parent in its session (POSIX: orphaned),
   * which the child's own is, so only those with a handler get SIGTSTP, the rest SIGSTOP.
   */
  suspend(): void {
    const typed = !this.#placement.ownSession && inForeground();
    // Without a shell nobody would ever continue us, and the kernel has stopped nobody either.
    if (typed && !underJobControl()) return;
    const receivers = this.#members().filter(({ pid, group }) =>
      this.#placement.signalMode === "group" ? group === this.#group : pid === this.#leader
    );
    if (receivers.length === 0) this.#deliver("SIGSTOP");
    for (const { pid } of receivers) {
      const polite = handlesSignal(pid, SIGNAL_NUMBERS.SIGTSTP);
      if (polite && typed) continue;
      send(pid, polite ? SIGNAL_NUMBERS.SIGTSTP : SIGNAL_NUMBERS.SIGSTOP);
    }
    // As PID 1 of a container this does nothing: the kernel protects it from itself.
    send(Deno.pid, SIGNAL_NUMBERS.SIGSTOP);
  }

  /** The group that is the tree's alone. */
  get #group(): number | undefined {
    return this.#placement.ownSession ? this.#leader : undefined;
  }

  #deliver(signal: SignalName): void {
    if (this.#leader === undefined) return;
    if (this.#placement.signalMode === "group") send(-this.#leader, SIGNAL_NUMBERS[signal]);
    // Once Deno has reaped the child, its number may be a stranger's.
    else if (this.#leaderAlive) send(this.#leader, SIGNAL_NUMBERS[signal]);
  }

  /**
   * Whether the terminal has given the child this signal when it gave it to us. A handler would run
   * twice: in Python the second Ctrl-C ends the clean-up after the first. Where there is none a
   * second one harms nobody, so that kill(1), which reaches us alone, is in doubt passed on.
   */
  #wasTyped(signal: SignalName): boolean {
    return !this.#placement.ownSession && TYPED.has(signal) && inForeground() &&
      this.#leader !== undefined && handlesSignal(this.#leader, SIGNAL_NUMBERS[signal]);
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
