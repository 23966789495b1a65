import type { Pattern } from "./pattern.ts";

/** A pattern, and where in it the part begins that the filter looks for. */
export interface PlacedPattern {
  readonly pattern: Pattern;
  readonly offset: number;
}

/** Of a part that stands for more grams than this, each place is tried. */
const MAX_LISTED = 64;

/** Tells whether a whole pattern stands where the filter has found its part, or what looks like it. */
export class PatternCheck {
  /** By the four bytes of their parts, little-endian. */
  readonly #byGram = new Map<number, PlacedPattern[]>();
  /** The others, by the first byte of their parts. */
  readonly #byByte: PlacedPattern[][] = Array.from({ length: 256 }, () => []);

  constructor(placed: readonly PlacedPattern[]) {
    for (const one of placed) {
      const part = one.pattern.slice(one.offset, one.offset + 4);
      const count = part.reduce((product, bytes) => product * bytes.length, 1);
      if (part.length === 4 && count <= MAX_LISTED) {
        for (const gram of gramsOf(part)) this.#add(gram, one);
      } else {
        for (const byte of part[0]!) this.#byByte[byte.charCodeAt(0)]!.push(one);
      }
    }
  }

  /** Whether a pattern stands in `bytes` whose part begins at `at`. */
  stands(bytes: Uint8Array, at: number): boolean {
    const gram = bytes[at]! | bytes[at + 1]! << 8 | bytes[at + 2]! << 16 | bytes[at + 3]! << 24;
    return anyFits(this.#byGram.get(gram), bytes, at) ||
      anyFits(this.#byByte[bytes[at]!], bytes, at);
  }

  #add(gram: number, one: PlacedPattern): void {
    const list = this.#byGram.get(gram);
    if (list === undefined) this.#byGram.set(gram, [one]);
    else list.push(one);
  }
}

function anyFits(
  placed: readonly PlacedPattern[] | undefined,
  bytes: Uint8Array,
  at: number,
): boolean {
  if (placed === undefined) return false;
  for (const one of placed) if (fits(one, bytes, at)) return true;
  return false;
}

function fits({ pattern, offset }: PlacedPattern, bytes: Uint8Array, at: number): boolean {
  const start = at - offset;
  for (let i = 0; i < pattern.length; i++) {
    const allowed = pattern[i]!;
    const byte = bytes[start + i];
    if (byte === undefined) return false;
    if (allowed.length === 1) {
      if (allowed.charCodeAt(0) !== byte) return false;
    } else if (!allowed.includes(String.fromCharCode(byte))) return false;
  }
  return true;
}

function gramsOf(part: Pattern): number[] {
  let grams = [0];
  for (const [place, bytes] of part.entries()) {
    grams = grams.flatMap((gram) =>
      [...bytes].map((byte) => gram | byte.charCodeAt(0) << (8 * place))
    );
  }
  return grams;
}
