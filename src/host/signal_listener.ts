/**
 * Calls `listener` for each of the signals until the returned function is called; from then on they
 * are ignored. Without a listener a signal would have its default action again, and one that comes
 * just before our exit would take the exit code with it.
 */
export function listenForSignals<S extends Deno.Signal>(
  signals: readonly S[],
  listener: (signal: S) => void,
): () => void {
  let listening = true;
  for (const signal of signals) {
    Deno.addSignalListener(signal, () => {
      if (listening) listener(signal);
    });
  }
  return () => {
    listening = false;
  };
}

/** Signals that arrived before somebody listened to them. */
export interface HeldSignals {
  /** Those of the `wanted` that have arrived; others of them are no longer kept. */
  release<S extends Deno.Signal>(wanted: readonly S[]): S[];
}

/**
 * Keeps these signals until they are released: as PID 1 those without a handler would be lost for
 * good.
 */
export function holdSignals(signals: readonly Deno.Signal[]): HeldSignals {
  const held = new Set<Deno.Signal>();
  const disposers = new Map(
    signals.map((signal) => [signal, listenForSignals([signal], () => held.add(signal))]),
  );
  return {
    release(wanted) {
      for (const signal of wanted) disposers.get(signal)?.();
      return wanted.filter((signal) => held.delete(signal));
    },
  };
}

/**
 * Past `ulimit -f` the kernel sends SIGXFSZ, which would end us and leave the child alone. With a
 * listener, unlike with an ignored signal, the write fails and the child still starts with the
 * default.
 */
export function surviveFileSizeLimit(): void {
  Deno.addSignalListener("SIGXFSZ", () => {});
}
