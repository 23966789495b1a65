/** Whom signals are passed on to: the child's process group, or the child alone. */
export type SignalMode = "group" | "child";

/** Where the child is started and how far signals go. */
export interface Placement {
  readonly signalMode: SignalMode;
  /** In a session and group of its own; else in ours, where it has our terminal. */
  readonly ownSession: boolean;
}

/**
 * `interactive`: stdin is a terminal. A child that is to use it must stay in its session: in another
 * one it has no Ctrl-C, no Ctrl-Z, no /dev/tty.
 */
export function placement(mode: SignalMode | undefined, interactive: boolean): Placement {
  const signalMode = mode ?? (interactive ? "child" : "group");
  return { signalMode, ownSession: signalMode === "group" || !interactive };
}
