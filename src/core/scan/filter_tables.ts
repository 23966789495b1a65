import { Bucket, nibblesOf } from "./bucket.ts";
import { GramSet, type GramTables } from "./gram_set.ts";
import { KNOWN_PLACES } from "./known_places.ts";
import { chanceOf, partsOf, type Pattern, rarestPart, spelled, WIDTH } from "./pattern.ts";
import { BUCKET_COUNT, BUCKETS, GROUPS, type Place, type PlacedPattern } from "./place.ts";

/** How much worse it is to read a line for nothing than to look a place up for nothing. */
const READ_COST = 30;
/** Of a pattern, so many of the rarest parts are tried: this runs while the child's output waits. */
const MAX_TRIED = 5;

/** What line_filter.wat reads: where each table lies there is written there. */
export interface FilterTables {
  /**
   * For each group, for each of `WIDTH` places, 16 bytes by low nibble, then 16 by high nibble: the
   * set of the group's buckets that have such a byte in that place.
   */
  readonly nibbles: Uint8Array;
  readonly known: GramTables;
  /** The patterns, each with the place of the part that the other tables know it by. */
  readonly placed: readonly PlacedPattern[];
}

/** Builds the tables by which line_filter.wat finds where one of the patterns may begin. */
export function buildTables(
  patterns: readonly Pattern[],
  known: Readonly<Record<string, Place>> = KNOWN_PLACES,
): FilterTables {
  const grams = new GramSet();
  const buckets = Array.from({ length: BUCKET_COUNT }, () => new Bucket());
  const placed: PlacedPattern[] = [];
  const put = (pattern: Pattern, place: Place) => {
    const { offset, bucket } = place;
    buckets[bucket]!.add(nibblesOf(pattern.slice(offset, offset + WIDTH)));
    grams.add(pattern, offset);
    placed.push({ pattern, ...place });
  };
  const unknown: { pattern: Pattern; chance: number }[] = [];
  for (const pattern of withoutCovered(patterns)) {
    const name = spelled(pattern);
    if (Object.hasOwn(known, name)) put(pattern, known[name]!);
    else unknown.push({ pattern, chance: chanceOf(rarestPart(pattern)) });
  }
  // The common ones first: the rare ones then find a place where they do the least harm.
  unknown.sort((a, b) => b.chance - a.chance);
  for (const { pattern } of unknown) put(pattern, bestPlace(pattern, buckets));
  return { nibbles: tablesOf(buckets), known: grams, placed };
}

/** That part of the pattern and that bucket which cost the least. */
function bestPlace(pattern: Pattern, buckets: readonly Bucket[]): Place {
  let [best, least] = [{ offset: 0, bucket: 0, byteBucket: 0 }, Infinity];
  const parts = partsOf(pattern)
    .map((part, offset) => ({ nibbles: nibblesOf(part), offset, chance: chanceOf(part) }))
    .sort((a, b) => a.chance - b.chance);
  for (const { nibbles, offset, chance } of parts.slice(0, MAX_TRIED)) {
    for (const [bucket, one] of buckets.entries()) {
      const cost = READ_COST * chance + one.widenedBy(nibbles);
      if (cost < least) [best, least] = [{ offset, bucket, byteBucket: bucket }, cost];
    }
  }
  return best;
}

/** Without literals that another one stands in: who looks for `rror` finds `HttpError` too. */
export function withoutCovered(patterns: readonly Pattern[]): Pattern[] {
  const texts = patterns.map((pattern) =>
    pattern.every((bytes) => bytes.length === 1) ? pattern.join("") : undefined
  );
  return patterns.filter((_, i) => {
    const text = texts[i];
    return text === undefined ||
      !texts.some((other, j) =>
        other !== undefined && i !== j && text.includes(other) && (text !== other || j < i)
      );
  });
}

function tablesOf(buckets: readonly Bucket[]): Uint8Array {
  const tables = new Uint8Array(GROUPS * WIDTH * 32);
  for (const [index, { nibbles }] of buckets.entries()) {
    const bit = 1 << index % BUCKETS;
    for (const [place, { low, high }] of nibbles.entries()) {
      const table = (Math.floor(index / BUCKETS) * WIDTH + place) * 32;
      for (let nibble = 0; nibble < 16; nibble++) {
        if (low >> nibble & 1) tables[table + nibble]! |= bit;
        if (high >> nibble & 1) tables[table + 16 + nibble]! |= bit;
      }
    }
  }
  return tables;
}
