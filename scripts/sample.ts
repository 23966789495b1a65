import { Bucket, type Nibbles } from "../src/core/scan/bucket.ts";
import { entryOf } from "../src/core/scan/byte_tables.ts";
import { ANY_BYTE, CHANCES, type Pattern, WIDTH } from "../src/core/scan/pattern.ts";

/** What the sample doesn't have may stand in other logs: by chance, so much less than it seems. */
const UNSEEN = 0.3;

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
    return this.#found(bucket.nibbles.map(bytesOf)) + this.#unseen(bucket.chance);
  }

  /** The same of a bucket that sees bytes, as byte_tables.ts puts them together. */
  costOfBytes(parts: readonly Pattern[]): number {
    const places = Array.from({ length: WIDTH }, (_, place) => {
      const entries = new Set(
        parts.flatMap((part) =>
          [...part[place] ?? ANY_BYTE].map((one) => entryOf(one.charCodeAt(0)))
        ),
      );
      return BYTES.filter((byte) => entries.has(entryOf(byte)));
    });
    const chance = places.reduce(
      (product, bytes) => product * bytes.reduce((sum, byte) => sum + CHANCES[byte]!, 0),
      1,
    );
    return this.#found(places) + this.#unseen(chance);
  }

  /** Places of the text where these bytes stand. */
  #found([first, second, third, fourth]: readonly (readonly number[])[]): number {
    const [thirds, fourths] = [new Set(third), new Set(fourth)];
    let found = 0;
    for (const a of first!) {
      for (const b of second!) {
        for (const gram of this.#grams.get(a << 8 | b) ?? []) {
          if (thirds.has(gram.third) && fourths.has(gram.fourth)) found += gram.count;
        }
      }
    }
    return found;
  }

  #unseen(chance: number): number {
    return UNSEEN * chance * this.#length;
  }
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);

/** The bytes that have these nibbles. */
function bytesOf({ low, high }: Nibbles): number[] {
  return BYTES.filter((byte) => (low >> (byte & 15)) & (high >> (byte >> 4)) & 1);
}
