import { Bucket, type Nibbles, nibblesOf } from "../src/core/scan/bucket.ts";
import type { Place } from "../src/core/scan/place.ts";
import { partsOf, type Pattern, WIDTH } from "../src/core/scan/pattern.ts";

/** How much worse a round of simulated annealing may make it: at first, and what is left at last. */
const FIRST_TEMPERATURE = 1 / 400;
const COOLING = 1e-5;
/** How often a part stays in its bucket, and only its offset changes. */
const STAYING = 0.2;
/** What the sample doesn't have may stand in other logs: by chance, so much less than it seems. */
const UNSEEN = 0.3;

/**
 * A good place for each pattern among so many buckets: one at which little of the sample looks like a
 * pattern to line_filter.wat. The same for the same `random` (from 0 to 1); better after more `rounds`.
 */
export function anneal(
  patterns: readonly Pattern[],
  buckets: number,
  sample: Sample,
  random: () => number,
  rounds: number,
): Place[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const parts = patterns.map((pattern) => partsOf(pattern).map(nibblesOf));
  const places = parts.map((own) => ({ offset: below(own.length), bucket: below(buckets) }));
  const members = Array.from({ length: buckets }, () => new Set<number>());
  for (const [index, { bucket }] of places.entries()) members[bucket]!.add(index);
  const cost = (bucket: number) =>
    sample.cost([...members[bucket]!].map((index) => parts[index]![places[index]!.offset]!));
  const costs = members.map((_, bucket) => cost(bucket));
  const start = costs.reduce((sum, one) => sum + one, 0);

  const move = (index: number, to: Place) => {
    members[places[index]!.bucket]!.delete(index);
    members[to.bucket]!.add(index);
    places[index] = { ...to };
  };
  for (let round = 0; round < rounds; round++) {
    const index = below(patterns.length);
    const old = places[index]!;
    const bucket = random() < STAYING ? old.bucket : below(buckets);
    move(index, { offset: below(parts[index]!.length), bucket });
    const changed = new Set([old.bucket, bucket]);
    const now = new Map([...changed].map((one) => [one, cost(one)]));
    const worse = [...now].reduce((sum, [one, value]) => sum + value - costs[one]!, 0);
    const temperature = start * FIRST_TEMPERATURE * COOLING ** (round / rounds);
    if (worse <= 0 || random() < Math.exp(-worse / temperature)) {
      for (const [one, value] of now) costs[one] = value;
    } else {
      move(index, old);
    }
  }
  return places;
}

/** The four bytes that stand in each place of a text, and how often each four do. */
export class Sample {
  /** By their first two bytes: their other two, and how many there are. */
  readonly #grams = new Map<number, { third: number; fourth: number; count: number }[]>();
  readonly #length: number;

  constructor(text: Uint8Array) {
    const counts = new Map<number, number>();
    for (let at = 0; at + WIDTH <= text.length; at++) {
      const gram = text[at]! * 2 ** 24 + text[at + 1]! * 2 ** 16 + text[at + 2]! * 256 +
        text[at + 3]!;
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
    for (const [gram, count] of counts) {
      const pair = Math.floor(gram / 2 ** 16);
      const list = this.#grams.get(pair) ?? [];
      list.push({ third: (gram >> 8) & 255, fourth: gram & 255, count });
      this.#grams.set(pair, list);
    }
    this.#length = text.length;
  }

  /** How often a bucket with these parts finds something in the text, or might in another one. */
  cost(parts: readonly (readonly Nibbles[])[]): number {
    const bucket = new Bucket();
    for (const part of parts) bucket.add(part);
    const [first, second, third, fourth] = bucket.nibbles.map(bytesOf);
    const [thirds, fourths] = [new Set(third), new Set(fourth)];
    let found = 0;
    for (const a of first!) {
      for (const b of second!) {
        for (const gram of this.#grams.get(a << 8 | b) ?? []) {
          if (thirds.has(gram.third) && fourths.has(gram.fourth)) found += gram.count;
        }
      }
    }
    return found + UNSEEN * bucket.chance * this.#length;
  }
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);

/** The bytes that have these nibbles. */
function bytesOf({ low, high }: Nibbles): number[] {
  return BYTES.filter((byte) => (low >> (byte & 15)) & (high >> (byte >> 4)) & 1);
}
