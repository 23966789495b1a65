/** How long anything in these tests may take before it counts as never happening, ms. */
export const PATIENCE_MS = 20_000;

const POLL_MS = 10;

/**
 * Polls until `look` returns something, and returns that.
 * @throws {Error} naming `what` when it hasn't come within `withinMs`.
 */
export async function waitFor<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = PATIENCE_MS,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
