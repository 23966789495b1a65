import type { PlacedPattern } from "./pattern_check.ts";
import { chanceOf, CHANCES, partsOf, type Pattern, rarestPart, WIDTH } from "./pattern.ts";

/** Patterns are sorted into two groups of eight buckets: one bit each in a byte of the tables. */
const GROUPS = 2;
const BUCKETS = 8;
/** Bits of the set of known grams. */
const GRAM_BITS = 20;
/** How much worse it is to read a line for nothing than to look a place up for nothing. */
const READ_COST = 30;
/** Of a pattern, so many of the rarest parts are tried: this runs while the child's output waits. */
const MAX_TRIED = 5;
/** A part that stands for more grams than this is known by its first two bytes only. */
const MAX_GRAMS = 8192;
// Knuth's multiplicative hashing, and xxHash's second prime.
const HASHES = [0x9e3779b1, 0x85ebca77] as const;

/** What line_filter.wat reads: where each table lies there is written there. */
export interface FilterTables {
  /**
   * For each group, for each of `WIDTH` places, 16 bytes by low nibble, then 16 by high nibble: the
   * set of the group's buckets that have such a byte in that place.
   */
  readonly nibbles: Uint8Array;
  /** A bit for each two bytes, little-endian, that a short pattern begins with. */
  readonly pairs: Uint8Array;
  /** The patterns, each with the place of the part that the other tables know it by. */
  readonly placed: readonly PlacedPattern[];
  /** A Bloom filter of the four-byte grams of all other patterns. */
  readonly grams: Uint8Array;
}

/** The tables by which line_filter.wat finds where one of the patterns may begin. */
export function buildTables(patterns: readonly Pattern[]): FilterTables {
  const pairs = new Uint8Array(2 ** 16 / 8);
  const grams = new Uint8Array(2 ** GRAM_BITS / 8);
  const buckets = Array.from({ length: GROUPS * BUCKETS }, () => new Bucket());
  // The common ones first: the rare ones then find a place where they do the least harm.
  const sorted = withoutCovered(patterns)
    .map((pattern) => ({ pattern, chance: chanceOf(rarestPart(pattern)) }))
    .sort((a, b) => b.chance - a.chance);
  const placed: PlacedPattern[] = [];
  for (const { pattern } of sorted) {
    const { part, offset } = place(pattern, buckets);
    placed.push({ pattern, offset });
    if (countGrams(part) <= MAX_GRAMS) addGrams(grams, part);
    else addPairs(pairs, part);
  }
  return { nibbles: nibblesOf(buckets), pairs, grams, placed };
}

/** Puts that part of the pattern into that bucket where it costs the least, and returns the part. */
function place(
  pattern: Pattern,
  buckets: readonly Bucket[],
): { part: Pattern; offset: number } {
  let [best, into, least] = [{ part: pattern, offset: 0 }, buckets[0]!, Infinity];
  const parts = partsOf(pattern)
    .map((part, offset) => ({ part: filledUp(part), offset, chance: chanceOf(part) }))
    .sort((a, b) => a.chance - b.chance);
  for (const { part, offset, chance } of parts.slice(0, MAX_TRIED)) {
    const sets = part.map(nibbleSets);
    for (const bucket of buckets) {
      const cost = READ_COST * chance + bucket.widenedBy(sets);
      if (cost >= least) continue;
      [best, into, least] = [{ part, offset }, bucket, cost];
    }
  }
  into.add(best.part);
  return best;
}

/** Without literals that another one stands in: who looks for `rror` finds `HttpError` too. */
function withoutCovered(patterns: readonly Pattern[]): Pattern[] {
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

const ANY_BYTE = String.fromCharCode(...Array(256).keys());

function filledUp(part: Pattern): Pattern {
  return [...part, ...Array(WIDTH - part.length).fill(ANY_BYTE)];
}

/** Patterns that are looked for together: any of their bytes, place by place, will do. */
class Bucket {
  readonly low: number[] = Array(WIDTH).fill(0);
  readonly high: number[] = Array(WIDTH).fill(0);
  /** How often it finds something by chance. */
  #chance = 0;

  add(part: Pattern): void {
    for (let place = 0; place < WIDTH; place++) {
      const { low, high } = nibbleSets(part[place]!);
      this.low[place]! |= low;
      this.high[place]! |= high;
    }
    this.#chance = this.#chanceWith(EMPTY);
  }

  /** How much more often it would find something by chance with `sets` in it. */
  widenedBy(sets: readonly { low: number; high: number }[]): number {
    return this.#chanceWith(sets) - this.#chance;
  }

  #chanceWith(sets: readonly { low: number; high: number }[]): number {
    let chance = 1;
    for (let place = 0; place < WIDTH; place++) {
      const { low, high } = sets[place]!;
      chance *= chanceOfNibbles(this.low[place]! | low, this.high[place]! | high);
    }
    return chance;
  }
}

const EMPTY = Array(WIDTH).fill({ low: 0, high: 0 });

/** By high nibble, half of the low nibbles (0-7 and 8-15) and set of those: their chances' sum. */
const SUMS = new Float64Array(16 * 2 * 256);
for (let half = 0; half < 32; half++) {
  for (let set = 1; set < 256; set++) {
    const lowest = 31 - Math.clz32(set & -set);
    SUMS[half * 256 + set] = SUMS[half * 256 + (set & (set - 1))]! + CHANCES[half * 8 + lowest]!;
  }
}

/** The chance of a byte with one of these low and one of these high nibbles. */
function chanceOfNibbles(low: number, high: number): number {
  let chance = 0;
  for (let left = high; left !== 0; left &= left - 1) {
    const row = (31 - Math.clz32(left & -left)) * 512;
    chance += SUMS[row + (low & 0xff)]! + SUMS[row + 256 + (low >> 8)]!;
  }
  return chance;
}

function nibblesOf(buckets: readonly Bucket[]): Uint8Array {
  const nibbles = new Uint8Array(GROUPS * WIDTH * 32);
  for (const [index, { low, high }] of buckets.entries()) {
    const bit = 1 << index % BUCKETS;
    for (let place = 0; place < WIDTH; place++) {
      const table = (Math.floor(index / BUCKETS) * WIDTH + place) * 32;
      for (let nibble = 0; nibble < 16; nibble++) {
        if (low[place]! >> nibble & 1) nibbles[table + nibble]! |= bit;
        if (high[place]! >> nibble & 1) nibbles[table + 16 + nibble]! |= bit;
      }
    }
  }
  return nibbles;
}

function nibbleSets(bytes: string): { low: number; high: number } {
  let [low, high] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i);
    low |= 1 << (byte & 15);
    high |= 1 << (byte >> 4);
  }
  return { low, high };
}

function countGrams(part: Pattern): number {
  return part.reduce((product, bytes) => product * bytes.length, 1);
}

function addGrams(grams: Uint8Array, part: Pattern, place = 0, gram = 0): void {
  const bytes = part[place]!;
  for (let i = 0; i < bytes.length; i++) {
    const longer = gram | bytes.charCodeAt(i) << (8 * place);
    if (place + 1 < WIDTH) addGrams(grams, part, place + 1, longer);
    else for (const hash of HASHES) setBit(grams, Math.imul(longer, hash) >>> (32 - GRAM_BITS));
  }
}

function addPairs(pairs: Uint8Array, [first, second]: Pattern): void {
  for (let i = 0; i < first!.length; i++) {
    for (let j = 0; j < second!.length; j++) {
      setBit(pairs, first!.charCodeAt(i) | second!.charCodeAt(j) << 8);
    }
  }
}

function setBit(bits: Uint8Array, index: number): void {
  bits[index >> 3]! |= 1 << (index & 7);
}
