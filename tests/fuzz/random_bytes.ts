import { concat } from "./byte_arrays.ts";
import type { Dice } from "./dice.ts";
import { WORDS } from "./random_rules.ts";

const LINE_ENDS = ["\n", "\r\n", "\r"];
/** Bytes that stand in no valid text, or that mean something in the middle of it. */
const ODD_BYTES = [0x00, 0x0a, 0x0d, 0x1b, 0x80, 0x9b, 0xbf, 0xc3, 0xe2, 0xf0, 0xff];
const ESCAPES = [
  "\x1b[31m",
  "\x1b[0K",
  "\x1b]0;title\x07",
  "\x1b(B",
  "\x1bPq\x1b\\",
  "\x1b[",
  "\ufeff",
];
const MAX_LINE = 16 * 1024;

/** Lines as one stream's bytes, all ended in one way or in a mixture. */
export function joined(dice: Dice, lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const ends = dice.chance(0.6) ? ["\n"] : dice.some(LINE_ENDS, 0.7).concat("\n");
  const text = lines.map((line) => line + dice.pick(ends)).join("");
  const unfinished = dice.chance(0.3) ? text.replace(/[\r\n]+$/, "") : text;
  return new TextEncoder().encode(unfinished);
}

/** Lines that are hard to cut and to decode. */
export function hardLines(dice: Dice, count: number): string[] {
  return dice.times(count, () => {
    const words = dice.times(dice.int(0, 5), () => dice.pick([...WORDS, ...ESCAPES, "é", "🚀"]));
    if (dice.chance(0.03)) words.push(longText(dice));
    if (dice.chance(0.0005)) words.push("x".repeat(1 << 20));
    return [...words, dice.pick(WORDS)].join(dice.pick([" ", ""]));
  });
}

/** Text that ends near the last byte that matching sees, with a character across that border. */
function longText(dice: Dice): string {
  return "x".repeat(MAX_LINE - dice.int(0, 40)) + dice.pick(["é", "🚀", "€", "x", "\x1b[31m"]) +
    dice.pick(WORDS);
}

/** The same bytes with some replaced, removed or added. */
export function corrupted(dice: Dice, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let changed = bytes;
  for (let i = dice.int(1, 20); i > 0; i--) {
    const at = dice.int(0, changed.length);
    const after = changed.subarray(at + dice.int(0, 1));
    changed = concat([changed.subarray(0, at), Uint8Array.from(dice.some(ODD_BYTES, 0.2)), after]);
  }
  return changed;
}

/** Bytes cut into chunks: byte by byte, anywhere, or in large pieces; some may be empty. */
export function chunks(dice: Dice, bytes: Uint8Array): Uint8Array[] {
  const largest = bytes.length > 4000 ? dice.pick([5000, 50_000]) : dice.pick([1, 3, 20, 200]);
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    if (dice.chance(0.02)) pieces.push(new Uint8Array(0));
    const end = Math.min(start + dice.int(1, largest), bytes.length);
    pieces.push(bytes.slice(start, end));
    start = end;
  }
  return pieces;
}
