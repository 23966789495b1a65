/** The middle of the values; of an even number, the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The smallest value that `percent` (above 0, at most 100) of all values don't exceed: nearest rank,
 * so that it is a value that was measured. NaN for none.
 */
export function percentile(values: readonly number[], percent: number): number {
  const rank = Math.ceil((percent / 100) * values.length);
  return ascending(values)[rank - 1] ?? NaN;
}

/** Share `i` of a sequence without end that fills [0, 1) evenly from its first terms on. */
export function evenShare(i: number): number {
  const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
  return ((i + 0.5) * GOLDEN_RATIO) % 1;
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
