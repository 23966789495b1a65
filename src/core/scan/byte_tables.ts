import { ANY_BYTE, WIDTH } from "./pattern.ts";
import { BUCKETS, GROUPS, type PlacedPattern } from "./place.ts";

/** The lookup goes by seven bits: a byte beyond ASCII counts as the one that differs in the highest. */
const ENTRIES = 128;

/**
 * For each group, for each of `WIDTH` places, 128 bytes by the byte that stands there: the set of the
 * group's buckets that have it. What the nibbles of filter_tables.ts say roughly.
 */
export function byteTables(placed: readonly PlacedPattern[]): Uint8Array {
  const tables = new Uint8Array(GROUPS * WIDTH * ENTRIES);
  for (const { pattern, offset, bucket } of placed) {
    const bit = 1 << bucket % BUCKETS;
    const group = Math.floor(bucket / BUCKETS);
    for (let place = 0; place < WIDTH; place++) {
      const table = (group * WIDTH + place) * ENTRIES;
      const bytes = pattern[offset + place] ?? ANY_BYTE;
      for (let i = 0; i < bytes.length; i++) {
        tables[table + bytes.charCodeAt(i) % ENTRIES]! |= bit;
      }
    }
  }
  return tables;
}
