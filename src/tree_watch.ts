import type { Clock } from "./host/clock.ts";

/** How often a tree that should vanish is looked at, ms; SIGCHLD usually tells sooner. */
const TREE_POLL_MS = 50;

export interface TreeWatchOptions {
  readonly clock: Clock;
  readonly tree: { reap(): void; gone(): boolean };
  /** Before each look that the watch makes by itself. */
  readonly before: () => unknown;
  /** Called when the tree is gone, at the look that sees it. */
  readonly gone: () => void;
  /** A look has failed. */
  readonly failed: (error: unknown) => void;
}

/** Reaps what has ended, and once it is started waits for a process tree to be gone. */
export class TreeWatch {
  readonly #options: TreeWatchOptions;
  #cancel: (() => void) | undefined;

  constructor(options: TreeWatchOptions) {
    this.#options = options;
  }

  /** From now on the tree is looked at every {@linkcode TREE_POLL_MS}. */
  start(): void {
    if (this.#cancel === undefined) this.#poll();
  }

  /** Looks at the tree now: a child has ended. Never throws. */
  look(): void {
    this.#safely(() => this.#look());
  }

  stop(): void {
    this.#cancel?.();
  }

  #poll(): void {
    const { clock, before } = this.#options;
    this.#safely(() => {
      before();
      this.#cancel = clock.timer(clock.now() + TREE_POLL_MS, () => this.#poll());
      this.#look();
    });
  }

  #look(): void {
    const { tree, gone } = this.#options;
    tree.reap();
    if (this.#cancel === undefined || !tree.gone()) return;
    this.#cancel();
    gone();
  }

  /** A callback of the world's: a fault in it ends the loop, which then kills the tree. */
  #safely(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#options.failed(error);
    }
  }
}
