import { gramsOf } from "./gram_set.ts";
import type { PlacedPattern } from "./place.ts";

/** Of a part that stands for more grams than this, each place is tried. */
const MAX_LISTED = 64;

/** A pattern as it is compared: for each place, which of all bytes may stand there. */
interface Shape {
  readonly offset: number;
  readonly places: readonly Uint8Array[];
}

/** Tells whether a whole pattern stands where the filter has found its part, or what looks like it. */
export class PatternCheck {
  /** By the four bytes of their parts, little-endian. */
  readonly #byGram = new Map<number, Shape[]>();
  /** The others, by the first byte of their parts. */
  readonly #byByte: Shape[][] = Array.from({ length: 256 }, () => []);

  constructor(placed: readonly Pick<PlacedPattern, "pattern" | "offset">[]) {
    const sets = new Map<string, Uint8Array>();
    for (const { pattern, offset } of placed) {
      const shape = { offset, places: pattern.map((allowed) => setOf(allowed, sets)) };
      const part = pattern.slice(offset, offset + 4);
      const count = part.reduce((product, bytes) => product * bytes.length, 1);
      if (part.length === 4 && count <= MAX_LISTED) {
        for (const gram of gramsOf(part)) this.#add(gram, shape);
      } else {
        for (const byte of part[0]!) this.#byByte[byte.charCodeAt(0)]!.push(shape);
      }
    }
  }

  /** Whether a pattern stands in `bytes` whose part begins at `at`. */
  stands(bytes: Uint8Array, at: number): boolean {
    const gram = bytes[at]! | bytes[at + 1]! << 8 | bytes[at + 2]! << 16 | bytes[at + 3]! << 24;
    return anyFits(this.#byGram.get(gram), bytes, at) ||
      anyFits(this.#byByte[bytes[at]!], bytes, at);
  }

  #add(gram: number, shape: Shape): void {
    const list = this.#byGram.get(gram);
    if (list === undefined) this.#byGram.set(gram, [shape]);
    else list.push(shape);
  }
}

function anyFits(shapes: readonly Shape[] | undefined, bytes: Uint8Array, at: number): boolean {
  if (shapes === undefined) return false;
  for (const shape of shapes) if (fits(shape, bytes, at)) return true;
  return false;
}

function fits({ places, offset }: Shape, bytes: Uint8Array, at: number): boolean {
  const start = at - offset;
  for (let i = 0; i < places.length; i++) {
    const byte = bytes[start + i];
    if (byte === undefined || places[i]![byte] !== 1) return false;
  }
  return true;
}

/** A 1 for each of these bytes; many places share a set. */
function setOf(allowed: string, known: Map<string, Uint8Array>): Uint8Array {
  let set = known.get(allowed);
  if (set === undefined) {
    set = new Uint8Array(256);
    for (let i = 0; i < allowed.length; i++) set[allowed.charCodeAt(i)] = 1;
    known.set(allowed, set);
  }
  return set;
}
