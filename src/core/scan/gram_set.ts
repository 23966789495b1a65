import { ANY_BYTE, chanceOf, type Pattern, WIDTH } from "./pattern.ts";

/**
 * Bits of the Bloom filter, as a power of two: 8 KiB lie in the processor's first cache, whatever
 * else goes through the others.
 */
const GRAM_BITS = 16;
/** More grams than this of one pattern would fill it. */
const MAX_GRAMS = 1024;
/** Two bits each. Knuth's multiplicative hashing, and xxHash's second prime. */
const HASHES = [0x9e3779b1, 0x85ebca77] as const;
/** xxHash's fourth prime: takes a fifth byte into the key. */
const FIFTH = 0x27d4eb2f;

/** A key of the bytes at a part's begin, as line_filter.wat makes it. */
interface Kind {
  /** The places looked at, from the part's begin. */
  readonly from: number;
  readonly to: number;
  /** `gram` are the first four of them, little-endian. */
  readonly key: (gram: number, fifth: number) => number;
}

const KINDS: readonly Kind[] = [
  { from: 0, to: 5, key: (gram, fifth) => (gram + Math.imul(fifth, FIFTH)) ^ 0x55555555 },
  // The byte before the part, which comes first here, is the fifth.
  { from: -1, to: 4, key: (gram, fifth) => (gram + Math.imul(fifth, FIFTH)) ^ 0x33333333 },
  { from: 0, to: 4, key: (gram) => gram },
  { from: 0, to: 3, key: (gram) => gram ^ 0x0f000000 },
  { from: 1, to: 4, key: (gram) => gram ^ 0xf0000000 },
];

/** The tables of a `GramSet`. */
export type GramTables = Pick<GramSet, "begins" | "grams" | "pairs">;

/** Which bytes may stand where a part begins: a closer look at what the nibbles let by. */
export class GramSet {
  /** A bit for each two bytes, little-endian, that a part begins with: a first look, which most fail. */
  readonly begins = new Uint8Array(2 ** 16 / 8);
  readonly grams = new Uint8Array(2 ** GRAM_BITS / 8);
  /** As `begins`, of parts that have too many grams, or just two bytes. */
  readonly pairs = new Uint8Array(2 ** 16 / 8);

  /** Adds the part of `pattern` that begins at `offset`, by that key which chance finds the least. */
  add(pattern: Pattern, offset: number): void {
    let [best, least]: [Kind | undefined, number] = [undefined, Infinity];
    for (const kind of KINDS) {
      const places = placesOf(pattern, offset, kind);
      if (places === undefined || countGrams(places) > MAX_GRAMS) continue;
      const chance = chanceOf(places);
      if (chance < least) [best, least] = [kind, chance];
    }
    const two = [pattern[offset]!, pattern[offset + 1] ?? ANY_BYTE];
    for (const pair of gramsOf(two)) setBit(this.begins, pair);
    if (best === undefined) {
      for (const pair of gramsOf(two)) setBit(this.pairs, pair);
      return;
    }
    const places = placesOf(pattern, offset, best)!;
    const fifths = best.from < 0 ? places[0]! : places[WIDTH] ?? "\0";
    const four = best.from < 0 ? places.slice(1) : places.slice(0, WIDTH);
    for (const gram of gramsOf(four)) {
      for (let i = 0; i < fifths.length; i++) this.#addKey(best.key(gram, fifths.charCodeAt(i)));
    }
  }

  #addKey(key: number): void {
    for (const hash of HASHES) setBit(this.grams, Math.imul(key, hash) >>> (32 - GRAM_BITS));
  }
}

/** All bytes that may stand in these places, little-endian. */
export function gramsOf(places: Pattern): number[] {
  let grams = [0];
  for (const [place, bytes] of places.entries()) {
    const longer: number[] = [];
    for (const gram of grams) {
      for (let i = 0; i < bytes.length; i++) longer.push(gram | bytes.charCodeAt(i) << (8 * place));
    }
    grams = longer;
  }
  return grams;
}

/** `undefined` where the pattern doesn't reach so far. */
function placesOf(pattern: Pattern, offset: number, { from, to }: Kind): Pattern | undefined {
  if (offset + from < 0 || offset + to > pattern.length) return undefined;
  return pattern.slice(offset + from, offset + to);
}

function countGrams(places: Pattern): number {
  return places.reduce((product, bytes) => product * bytes.length, 1);
}

function setBit(bits: Uint8Array, index: number): void {
  bits[index >> 3]! |= 1 << (index & 7);
}
