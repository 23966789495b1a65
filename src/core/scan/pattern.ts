/**
 * What a line must hold to be worth a closer look: for each of a few bytes in a row, the bytes that
 * may stand there, as a string of characters up to U+00FF.
 */
export type Pattern = readonly string[];

/** A place of a pattern where any byte may stand. */
export const ANY_BYTE = String.fromCharCode(...Array(256).keys());

/** The pattern of a literal. */
export function literal(text: string): Pattern {
  return [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte));
}

/** A pattern as a text: places for several bytes in brackets. */
export function spelled(pattern: Pattern): string {
  return pattern.map((bytes) => bytes.length === 1 ? bytes : `[${bytes}]`).join("");
}

/** How many bytes the filter looks at in one place. */
export const WIDTH = 4;

/** The parts of a pattern that the filter may look for: `WIDTH` bytes, or all where it has fewer. */
export function partsOf(pattern: Pattern): Pattern[] {
  const count = Math.max(pattern.length - WIDTH + 1, 1);
  return Array.from({ length: count }, (_, i) => pattern.slice(i, i + WIDTH));
}

/** The part of a pattern that log lines have the least by chance. */
export function rarestPart(pattern: Pattern): Pattern {
  const [first, ...others] = partsOf(pattern);
  return others.reduce(
    (best, part) => chanceOf(part) < chanceOf(best) ? part : best,
    first!,
  );
}

/** How often a part of a pattern stands in log lines by chance, roughly: from 0 to 1. */
export function chanceOf(part: Pattern): number {
  return part.reduce((product, bytes) => product * chanceOfAny(bytes), 1);
}

/** Letters of English text, the most common first. */
const LETTERS = "etaoinsrhldcumfpgwybvkxjqz";

function chanceOfAny(bytes: string): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += CHANCES[bytes.charCodeAt(i)]!;
  return sum;
}

/** Of each byte in log lines. Rough: being wrong costs a look at a line that has nothing. */
export const CHANCES: Float64Array = Float64Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  const rank = LETTERS.indexOf(character);
  if (rank !== -1) return 0.07 * 0.88 ** rank;
  if (character === " ") return 0.15;
  if (/[0-9]/.test(character)) return 0.03;
  if (/[:.,=/_-]/.test(character)) return 0.015;
  return /[A-Z]/.test(character) ? 0.006 : 0.002;
});
