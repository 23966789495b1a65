import { literal, type Pattern } from "../core/scan/pattern.ts";
import { bytes } from "./builders.ts";

type Random = () => number;
/** A whole number from 0 to below `limit`. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[below(random, list.length)]!;
}

/** Bytes in which line ends, pieces of the patterns and anything else are common. */
export function randomBytes(
  random: Random,
  patterns: readonly Pattern[],
  length: number,
): Uint8Array {
  const made: number[] = [];
  while (made.length < length) {
    const kind = below(random, 5);
    if (kind === 0) made.push(...bytes(pick(random, ["\n", "\r", "\r\n", "\n\n", "\r\r\n"])));
    else if (kind === 1) made.push(below(random, 256));
    else if (kind === 2 && patterns.length > 0) {
      const whole = pick(random, patterns).map((any) => any.charCodeAt(below(random, any.length)));
      made.push(...whole.slice(0, 1 + below(random, whole.length)));
    } else made.push(...bytes("abc ".repeat(1 + below(random, 6))));
  }
  return Uint8Array.from(made.slice(0, length));
}

/** Up to 60 words and classes, many of them alike. */
export function randomPatterns(random: Random): Pattern[] {
  const word = () =>
    Array.from({ length: 1 + below(random, 9) }, () => pick(random, [..."abxyzA1_é"]));
  const classes = () =>
    Array.from(
      { length: 1 + below(random, 5) },
      () => pick(random, ["ab", "0123456789", "Z", " "]),
    );
  return Array.from(
    { length: below(random, 60) },
    () => random() < 0.8 ? literal(word().join("")) : classes(),
  );
}
