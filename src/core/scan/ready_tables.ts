import type { FilterTables } from "./filter_tables.ts";
import { KNOWN_PLACES } from "./known_places.ts";
import { COVERED, KNOWN_TABLES } from "./known_tables.ts";
import { type Pattern, spelled, WIDTH } from "./pattern.ts";
import { GROUPS, type PlacedPattern } from "./place.ts";

const NIBBLES = GROUPS * WIDTH * 32;
const BITS = 2 ** 16 / 8;

/**
 * The tables for exactly the patterns of the default rules, which nobody has to build any more;
 * `undefined` for any others.
 */
export function readyTables(patterns: readonly Pattern[]): FilterTables | undefined {
  const places = new Set(Object.keys(KNOWN_PLACES));
  const covered = new Set(COVERED);
  if (patterns.length !== places.size + covered.size) return undefined;
  const placed: PlacedPattern[] = [];
  for (const pattern of patterns) {
    const name = spelled(pattern);
    // Each is taken off, so that the same one twice doesn't stand for two.
    if (places.delete(name)) placed.push({ pattern, ...KNOWN_PLACES[name]! });
    else if (!covered.delete(name)) return undefined;
  }
  const tables = Uint8Array.fromBase64(KNOWN_TABLES);
  const bits = (index: number) =>
    tables.subarray(NIBBLES + index * BITS, NIBBLES + (index + 1) * BITS);
  return {
    nibbles: tables.subarray(0, NIBBLES),
    known: { begins: bits(0), pairs: bits(1), grams: bits(2) },
    placed,
  };
}
