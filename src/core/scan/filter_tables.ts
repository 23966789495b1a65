import { GramSet } from "./gram_set.ts";
import type { PlacedPattern } from "./pattern_check.ts";
import {
  ANY_BYTE,
  chanceOf,
  CHANCES,
  partsOf,
  type Pattern,
  rarestPart,
  WIDTH,
} from "./pattern.ts";

/** Patterns are sorted into two groups of eight buckets: one bit each in a byte of the tables. */
const GROUPS = 2;
const BUCKETS = 8;
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
  readonly known: GramSet;
  /** The patterns, each with the place of the part that the other tables know it by. */
  readonly placed: readonly PlacedPattern[];
}

/** The tables by which line_filter.wat finds where one of the patterns may begin. */
export function buildTables(patterns: readonly Pattern[]): FilterTables {
  const known = new GramSet();
  const buckets = Array.from({ length: GROUPS * BUCKETS }, () => new Bucket());
  // The common ones first: the rare ones then find a place where they do the least harm.
  const sorted = withoutCovered(patterns)
    .map((pattern) => ({ pattern, chance: chanceOf(rarestPart(pattern)) }))
    .sort((a, b) => b.chance - a.chance);
  const placed: PlacedPattern[] = [];
  for (const { pattern } of sorted) {
    const offset = place(pattern, buckets);
    placed.push({ pattern, offset });
    known.add(pattern, offset);
  }
  return { nibbles: nibblesOf(buckets), known, placed };
}

/** Puts that part of the pattern into that bucket where it costs the least; where the part begins. */
function place(pattern: Pattern, buckets: readonly Bucket[]): number {
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
  return best.offset;
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
