/** Time as the supervisor sees it: monotonic, so that a changed wall clock changes nothing. */
export interface Clock {
  /** Ms since some fixed moment. */
  now(): number;
  /** The wall clock's time: ms since 1970. For people and platforms, never to wait by. */
  epoch(): number;
  /** Calls `callback` once at `at`; the returned function calls it off. */
  timer(at: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  epoch: () => Date.now(),
  timer(at, callback) {
    const id = setTimeout(callback, Math.max(0, Math.ceil(at - performance.now())));
    return () => clearTimeout(id);
  },
};
