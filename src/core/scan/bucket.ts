import { ANY_BYTE, CHANCES, type Pattern, WIDTH } from "./pattern.ts";

/** The low and the high nibbles that bytes have, as sets: a bit for each of the sixteen. */
export interface Nibbles {
  readonly low: number;
  readonly high: number;
}

const NONE: readonly Nibbles[] = Array(WIDTH).fill({ low: 0, high: 0 });

/** The nibbles in each of the `WIDTH` places of a part; any where it has fewer. */
export function nibblesOf(part: Pattern): Nibbles[] {
  return Array.from({ length: WIDTH }, (_, place) => {
    const bytes = part[place] ?? ANY_BYTE;
    let [low, high] = [0, 0];
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes.charCodeAt(i);
      low |= 1 << (byte & 15);
      high |= 1 << (byte >> 4);
    }
    return { low, high };
  });
}

/** Parts of patterns that are looked for together: any of their nibbles, place by place, will do. */
export class Bucket {
  /** In each place. */
  #nibbles: readonly Nibbles[] = NONE;
  /** Worked out when it is asked for: who knows the place of each part needs none. */
  #chance: number | undefined = 0;

  get nibbles(): readonly Nibbles[] {
    return this.#nibbles;
  }

  /** How often it finds something by chance. */
  get chance(): number {
    return this.#chance ??= chanceOf(this.#nibbles);
  }

  add(part: readonly Nibbles[]): void {
    this.#nibbles = this.#with(part);
    this.#chance = undefined;
  }

  /** How much more often it would find something by chance with this part in it. */
  widenedBy(part: readonly Nibbles[]): number {
    return chanceOf(this.#with(part)) - this.chance;
  }

  #with(part: readonly Nibbles[]): Nibbles[] {
    return this.#nibbles.map(({ low, high }, place) => ({
      low: low | part[place]!.low,
      high: high | part[place]!.high,
    }));
  }
}

/** By high nibble, half of the low nibbles (0-7 and 8-15) and set of those: their chances' sum. */
let sums: Float64Array | undefined;

function makeSums(): Float64Array {
  const made = new Float64Array(16 * 2 * 256);
  for (let half = 0; half < 32; half++) {
    for (let set = 1; set < 256; set++) {
      const lowest = 31 - Math.clz32(set & -set);
      made[half * 256 + set] = made[half * 256 + (set & (set - 1))]! + CHANCES[half * 8 + lowest]!;
    }
  }
  return made;
}

function chanceOf(places: readonly Nibbles[]): number {
  let chance = 1;
  for (const { low, high } of places) chance *= chanceOfNibbles(low, high);
  return chance;
}

/** The chance of a byte with one of these low and one of these high nibbles. */
function chanceOfNibbles(low: number, high: number): number {
  const table = sums ??= makeSums();
  let chance = 0;
  for (let left = high; left !== 0; left &= left - 1) {
    const row = (31 - Math.clz32(left & -left)) * 512;
    chance += table[row + (low & 0xff)]! + table[row + 256 + (low >> 8)]!;
  }
  return chance;
}
