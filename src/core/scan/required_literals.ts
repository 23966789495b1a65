import { type AST, RegExpParser } from "@eslint-community/regexpp";
import {
  type Cut,
  type LiteralSet,
  literalSet,
  printableRuns,
  rarest,
  union,
} from "./literal_set.ts";

/**
 * Literals (ASCII, at least 2 characters, at most 32 of them) of which one stands in every text
 * that the regular expression finds something in; `undefined` if there are none, or it is none.
 */
export function requiredLiterals(pattern: string): readonly string[] | undefined {
  return requiredSet(pattern, printableRuns)?.literals;
}

/** The same for texts of which only what `cut` leaves has to stand in the line. */
export function requiredSet(pattern: string, cut: Cut): LiteralSet | undefined {
  let ast: AST.Pattern;
  try {
    ast = new RegExpParser().parsePattern(pattern);
  } catch {
    return undefined;
  }
  return ofAlternatives(ast.alternatives, cut).required;
}

/** What is known of the texts that a part of a regular expression can stand for. */
interface Known {
  /** Each of the texts begins with one of these, and ends with one of those. */
  readonly starts: readonly string[];
  readonly ends: readonly string[];
  /** There is no more to the texts than `starts`. */
  readonly exact: boolean;
  /** One of these stands in each text; `undefined`: nothing known. */
  readonly required: LiteralSet | undefined;
}

const ANYTHING: Known = { starts: [""], ends: [""], exact: false, required: undefined };
const NOTHING: Known = { starts: [""], ends: [""], exact: true, required: undefined };

/** More texts than this, or longer ones, aren't told apart. */
const MAX_TEXTS = 16;
const MAX_TEXT_LENGTH = 64;
/** A class of more characters may as well be any character. */
const MAX_CLASS = 4;

function exactly(texts: readonly string[], cut: Cut): Known {
  return { starts: texts, ends: texts, exact: true, required: literalSet(texts, cut) };
}

function ofAlternatives(alternatives: readonly AST.Alternative[], cut: Cut): Known {
  return either(
    alternatives.map(({ elements }) => inTurn(elements.map((element) => of(element, cut)), cut)),
  );
}

function of(element: AST.Element, cut: Cut): Known {
  switch (element.type) {
    case "Character":
      return exactly([String.fromCharCode(element.value)], cut);
    case "CharacterClass": {
      const characters = charactersOf(element);
      return characters === undefined ? ANYTHING : exactly(characters, cut);
    }
    // Of no width: what stands on both sides of it is adjacent all the same.
    case "Assertion":
      return NOTHING;
    case "Group":
      return element.modifiers?.add.ignoreCase
        ? ANYTHING
        : ofAlternatives(element.alternatives, cut);
    case "CapturingGroup":
      return ofAlternatives(element.alternatives, cut);
    case "Quantifier":
      return repeated(of(element.element, cut), element, cut);
    default:
      return ANYTHING;
  }
}

/** The characters of a small class; `undefined` if there are many, or too hard to tell. */
function charactersOf({ negate, elements }: AST.CharacterClass): string[] | undefined {
  const characters = new Set<string>();
  for (const element of elements) {
    const [min, max] = element.type === "CharacterClassRange"
      ? [element.min.value, element.max.value]
      : element.type === "Character"
      ? [element.value, element.value]
      : [0, Infinity];
    if (max - min >= MAX_CLASS) return undefined;
    for (let code = min; code <= max; code++) characters.add(String.fromCharCode(code));
  }
  // A class of nothing fits nothing; it isn't worth a thought.
  if (negate || characters.size === 0 || characters.size > MAX_CLASS) return undefined;
  return [...characters];
}

function either(known: readonly Known[]): Known {
  const [starts, ends] = [
    fitting(known.map(({ starts }) => starts).flat()),
    fitting(known.map(({ ends }) => ends).flat()),
  ];
  return {
    starts: starts ?? [""],
    ends: ends ?? [""],
    exact: starts !== undefined && known.every(({ exact }) => exact),
    required: union(known.map(({ required }) => required)),
  };
}

function inTurn(parts: readonly Known[], cut: Cut): Known {
  const sets: (LiteralSet | undefined)[] = [];
  let starts: readonly string[] | undefined;
  /** What the parts so far end with. */
  let ends: readonly string[] = [""];
  const close = () => {
    sets.push(...[ends, ...shared(ends)].map((texts) => literalSet(texts, cut)));
    starts ??= ends;
  };
  for (const part of parts) {
    sets.push(part.required);
    const longer = joined(ends, part.starts);
    if (longer !== undefined) ends = longer;
    if (part.exact && longer !== undefined) continue;
    close();
    ends = part.ends;
  }
  const exact = starts === undefined;
  close();
  return { starts: starts!, ends, exact, required: rarest(sets) };
}

function repeated(one: Known, { min, max }: { min: number; max: number }, cut: Cut): Known {
  const times = (count: number) => inTurn(Array<Known>(count).fill(one), cut);
  if (one.exact && max <= MAX_TEXTS) {
    const counts = Array.from({ length: max - min + 1 }, (_, index) => min + index);
    const all = either(counts.map(times));
    if (all.exact) return all;
  }
  // The first few follow what stands before, and the last few are followed by what comes then.
  return { ...times(Math.min(min, MAX_TEXTS)), exact: false };
}

/** Each of `heads` followed by each of `tails`; `undefined` if they are too many or too long. */
function joined(heads: readonly string[], tails: readonly string[]): string[] | undefined {
  return fitting(heads.flatMap((head) => tails.map((tail) => head + tail)));
}

function fitting(texts: readonly string[]): string[] | undefined {
  const different = [...new Set(texts)];
  const fits = different.length <= MAX_TEXTS &&
    different.every(({ length }) => length <= MAX_TEXT_LENGTH);
  return fits ? different : undefined;
}

/** What several texts begin with, and what they end with: one literal instead of many. */
function shared(texts: readonly string[]): string[][] {
  const [first = "", ...others] = texts;
  if (others.length === 0) return [];
  let [start, end] = [first, first];
  for (const text of others) {
    while (!text.startsWith(start)) start = start.slice(0, -1);
    while (!text.endsWith(end)) end = end.slice(1);
  }
  return [[start], [end]];
}
