import { closestString } from "@std/text/closest-string";
import { levenshteinDistance } from "@std/text/levenshtein-distance";

/** The word of `known` that `typed` is most likely a slip of; `undefined` if none is near. */
export function suggest(typed: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || typed === "") return undefined;
  const nearest = closestString(typed, known);
  const distance = levenshteinDistance(typed.toLowerCase(), nearest.toLowerCase());
  return distance <= Math.max(1, Math.floor(nearest.length / 3)) ? nearest : undefined;
}
