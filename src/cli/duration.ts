const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Beyond 24 days a JavaScript timer fires at once; a day is more than any of our options needs. */
export const MAX_DURATION_MS = 24 * 3_600_000;

/**
 * `500ms`, `5s`, `1.5s`, `2m`, `24h` or `0` in ms, at most 24 hours.
 * @throws {SyntaxError} if `text` is none of these.
 * @throws {RangeError} if it is longer than 24 hours.
 */
export function parseDuration(text: string): number {
  if (text === "0") return 0;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (match === null) throw new SyntaxError("write it like 500ms, 5s, 2m or 0");
  const ms = Number(match[1]) * UNIT_MS[match[2]!]!;
  if (ms > MAX_DURATION_MS) throw new RangeError("the longest is 24h");
  return Math.round(ms);
}
