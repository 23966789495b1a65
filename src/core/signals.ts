/** Signal numbers of Linux on x86_64 and arm64 (signal(7)); other systems aren't supported. */
export const SIGNAL_NUMBERS = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGWINCH: 28,
} as const;

export type SignalName = keyof typeof SIGNAL_NUMBERS;

/** What a user or a platform may send to bailout, and bailout passes on to the child. */
export const FORWARDED_SIGNALS = [
  "SIGHUP",
  "SIGINT",
  "SIGQUIT",
  "SIGTERM",
  "SIGUSR1",
  "SIGUSR2",
  "SIGWINCH",
  "SIGCONT",
  "SIGTSTP",
] as const satisfies readonly SignalName[];

export type ForwardedSignal = typeof FORWARDED_SIGNALS[number];

/** Signals that ask the child to end: after one of them the grace period runs. */
const STOPPING: ReadonlySet<SignalName> = new Set(["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"]);

export function isStopping(signal: SignalName): boolean {
  return STOPPING.has(signal);
}

/**
 * Whether somebody insists who sends this signal a second time. A closed terminal hangs up twice:
 * first the shell tells its jobs, then the kernel the terminal's group.
 */
export function isInsisting(signal: SignalName): boolean {
  return isStopping(signal) && signal !== "SIGHUP";
}

/** `TERM`, `term`, `SIGTERM` or `15` as a signal name; `undefined` if it is none of the table. */
export function parseSignal(text: string): SignalName | undefined {
  const upper = text.toUpperCase();
  const name = upper.startsWith("SIG") ? upper : `SIG${upper}`;
  const entry = Object.entries(SIGNAL_NUMBERS).find(([known, number]) =>
    known === name || String(number) === text
  );
  return entry?.[0] as SignalName | undefined;
}
