/** Calls `listener` for each of the signals until the returned function is called. */
export function listenForSignals<S extends Deno.Signal>(
  signals: readonly S[],
  listener: (signal: S) => void,
): () => void {
  const handlers = signals.map((signal) => ({ signal, handler: () => listener(signal) }));
  for (const { signal, handler } of handlers) Deno.addSignalListener(signal, handler);
  return () => {
    for (const { signal, handler } of handlers) Deno.removeSignalListener(signal, handler);
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
