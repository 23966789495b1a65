import { ANY_BYTE, WIDTH } from "./pattern.ts";
import { BUCKETS, GROUPS, type PlacedPattern } from "./place.ts";

/** The lookup goes by six bits. */
export const ENTRIES = 64;

/**
 * For each group, for each of `WIDTH` places, 64 bytes by the `entryOf` the byte that stands there: the
 * set of the group's buckets that have it. What the nibbles of filter_tables.ts say roughly.
 */
export function byteTables(placed: readonly PlacedPattern[]): Uint8Array {
  const tables = new Uint8Array(GROUPS * WIDTH * ENTRIES);
  for (const { pattern, offset, byteBucket } of placed) {
    const bit = 1 << byteBucket % BUCKETS;
    const group = Math.floor(byteBucket / BUCKETS);
    for (let place = 0; place < WIDTH; place++) {
      const table = (group * WIDTH + place) * ENTRIES;
      const bytes = pattern[offset + place] ?? ANY_BYTE;
      for (let i = 0; i < bytes.length; i++) tables[table + entryOf(bytes.charCodeAt(i))]! |= bit;
    }
  }
  return tables;
}

/**
 * The entry of a byte: its bits are those with the values 1, 2, 8, 16, then 4 xor 32, and 32 xor 64. So
 * each byte shares its entry with the one that differs in 0x64 (`e` with 0x01, `r` with 0x16, `0` with
 * `T`, a space with `D`), and both with those that differ in the highest bit. Of the ways to make one of
 * two that one lets the parts of the default rules seem to begin in few places of logs (`make places`).
 */
export function entryOf(byte: number): number {
  return (byte & 0b11) | (byte >> 1 & 0b1100) | ((byte >> 2 ^ byte >> 5) & 1) << 4 |
    ((byte >> 5 ^ byte >> 6) & 1) << 5;
}
