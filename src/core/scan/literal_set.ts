import { chanceOf, literal, rarestPart } from "./pattern.ts";

/** Literals (ASCII) of which one stands in every text in question. */
export interface LiteralSet {
  readonly literals: readonly string[];
  /** How often one of them stands in log lines by chance, roughly: from 0 up. */
  readonly chance: number;
}

/** The parts of a text that have to stand in a line as they are. */
export type Cut = (text: string) => readonly string[];

/** More would make the search for them dear. */
export const MAX_LITERALS = 32;
const MIN_LENGTH = 2;
/** A longer literal is hardly rarer, but each of its characters is a state of the scanner. */
const MAX_LENGTH = 24;

/** The printable runs of a text: hints are ASCII, and no line has a line end in it. */
export const printableRuns: Cut = (text) => text.split(/[^\t -~]+/);

/** A part of each text that `cut` leaves; `undefined` if one has no part of 2 characters. */
export function literalSet(texts: readonly string[], cut: Cut): LiteralSet | undefined {
  return union(texts.map((text) => rarest(cut(text).map(single))));
}

/** What stands in a text in which one of the `sets` does; `undefined` if one is missing. */
export function union(sets: readonly (LiteralSet | undefined)[]): LiteralSet | undefined {
  const literals = new Set<string>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const one of set.literals) literals.add(one);
  }
  // Who looks for `rror` finds `Error` too.
  const least = [...literals].filter((one) =>
    ![...literals].some((other) => other !== one && one.includes(other))
  );
  if (least.length === 0 || least.length > MAX_LITERALS) return undefined;
  return { literals: least, chance: least.reduce((sum, one) => sum + chance(one), 0) };
}

/** The one of the sets that lets the fewest lines through; `undefined` if there is none. */
export function rarest(sets: readonly (LiteralSet | undefined)[]): LiteralSet | undefined {
  let best: LiteralSet | undefined;
  for (const set of sets) {
    if (set !== undefined && (best === undefined || set.chance < best.chance)) best = set;
  }
  return best;
}

function single(text: string): LiteralSet | undefined {
  const short = text.slice(0, MAX_LENGTH);
  return short.length < MIN_LENGTH ? undefined : { literals: [short], chance: chance(short) };
}

/** The filter looks for a few characters of a literal alone; then all the others help. */
function chance(text: string): number {
  return chanceOf(rarestPart(literal(text))) / text.length;
}
