import type { Detector } from "../detector.ts";
import {
  CODE_FIRST,
  CODE_FIRST_PATTERNS,
  STATUS_NAMES,
  STATUS_NUMBER,
  STATUS_WORDS,
} from "../fact_forms.ts";
import { LiteralScanner } from "./literal_scanner.ts";
import { literal, type Pattern } from "./pattern.ts";
import { mayHaveNumber } from "./status_number.ts";

/** A traceback, a printed value or a test session may begin (traceback.ts, echo_block.ts, …). */
const BLOCK = 1 << 0;
const BLOCK_LITERALS = ["Traceback", "{'", "====="];
/** The same for an exception without a traceback, if the line ends with a colon. */
const BARE = 1 << 1;
const BARE_LITERALS = ["Error", "Exception"];
/** A status, by its name. */
const STATUS = 1 << 2;
/** The same by its number, if there is one. */
const NUMBERED = 1 << 3;
/** What such a number begins with: the look at the bytes around it is dearer. */
const NUMBER = 1 << 4;
const NUMBER_LITERALS = ["code", ...Array.from({ length: 200 }, (_, i) => String(400 + i))];
/** The bits from here up belong to the rules; where there are more, some share one. */
const FIRST_RULE_BIT = 5;
const RULE_BITS = 32 - FIRST_RULE_BIT;

/** An escape sequence may hide what follows it or cut a word in two: such a line is always read. */
const ESCAPE = "\x1b";
const CSI = "\x9b";
const LAST_OF_CSI = 0x9b;

const COLON = 0x3a;

type Group = readonly [bit: number, literals: readonly string[]];

/**
 * What has to stand in a line for anyone to look at it: literals that each rule names, and those
 * with which the blocks begin that the monitor follows.
 */
export class HintIndex {
  readonly #scanner: LiteralScanner;
  readonly #masks: readonly number[];
  readonly #readsStatus: boolean;
  /** Where a rule needs two literals, the bits of the first and the second, which is dropped in the end. */
  readonly #halves: number[] = [];
  #secondBits = 0;
  /** A rule has no literals: it has to see every line. */
  readonly readsAll: boolean;
  /** One of these stands in every line of which `look` says something. */
  readonly patterns: readonly Pattern[];

  constructor(detectors: readonly Detector[]) {
    this.#readsStatus = detectors.some(({ readsStatus }) => readsStatus);
    this.readsAll = detectors.some(({ hints }) => hints === undefined);
    const groups: Group[] = [[BLOCK, BLOCK_LITERALS], [BARE, BARE_LITERALS]];
    if (this.#readsStatus) groups.push([STATUS, STATUS_NAMES], [NUMBERED, STATUS_WORDS]);
    for (const [index, { hints }] of detectors.entries()) {
      if (hints !== undefined) groups.push([ruleBit(index), hints]);
    }
    this.patterns = [...new Set([...groups.flatMap(([, literals]) => literals), ESCAPE, CSI])]
      .map(literal).concat(this.#readsStatus ? CODE_FIRST_PATTERNS : []);
    this.#masks = detectors.map(({ hints, readsStatus }, index) =>
      hints === undefined ? ~0 : ruleBit(index) | (readsStatus ? STATUS : 0)
    );
    groups.push([BLOCK, [ESCAPE]], [NUMBER, NUMBER_LITERALS]);
    this.#scanner = new LiteralScanner([...groups, ...this.#seconds(detectors)]);
  }

  /** What stands in a line, as bits; 0 if nobody needs to look at it. */
  look(text: string): number {
    let bits = this.#scanner.find(text);
    if (bits & BARE && !text.trimEnd().endsWith(":")) bits &= ~BARE;
    if (this.#readsStatus && bits & NUMBER && !(bits & STATUS)) {
      const numbered = (bits & NUMBERED && STATUS_NUMBER.test(text)) || CODE_FIRST.test(text);
      if (numbered) bits |= STATUS;
    }
    return this.#withoutHalves(bits & ~(NUMBERED | NUMBER));
  }

  /** False only for a line of which `look` says 0, by its bytes, which lie from `start` to `end`. */
  mayConcern(bytes: Uint8Array, start: number, end: number): boolean {
    let bits = this.#scanner.findIn(bytes, start, end);
    if (bits & BARE && !endsWithColon(bytes, start, end)) bits &= ~BARE;
    const numbered = bits & NUMBER && this.#readsStatus &&
      mayHaveNumber(bytes, start, end, (bits & NUMBERED) !== 0);
    bits = numbered ? bits | STATUS : bits & ~NUMBERED;
    return this.#withoutHalves(bits & ~NUMBER) !== 0 ||
      bytes.subarray(start, end).includes(LAST_OF_CSI);
  }

  /** Whether the detector with this index has to look at a line in which `bits` stand. */
  concerns(detector: number, bits: number): boolean {
    const mask = this.#masks[detector]!;
    return mask === ~0 || (bits & mask) !== 0;
  }

  /** The groups of the second literals, where there are bits left for them. */
  #seconds(detectors: readonly Detector[]): Group[] {
    const groups: Group[] = [];
    for (const [index, { hints, alsoHints }] of detectors.entries()) {
      const free = detectors.length + groups.length;
      if (hints === undefined || alsoHints === undefined || free >= RULE_BITS) continue;
      const second = ruleBit(free);
      groups.push([second, alsoHints]);
      this.#halves.push(ruleBit(index), second);
      this.#secondBits |= second;
    }
    return groups;
  }

  /** Without the bits of rules that need a second literal, which the line doesn't have. */
  #withoutHalves(bits: number): number {
    let whole = bits & ~this.#secondBits;
    for (let i = 0; i < this.#halves.length; i += 2) {
      if (!(bits & this.#halves[i + 1]!)) whole &= ~this.#halves[i]!;
    }
    return whole;
  }
}

function ruleBit(index: number): number {
  return 1 << (FIRST_RULE_BIT + index % RULE_BITS);
}

/** Whether the last byte that isn't a space is a colon; Unicode's spaces count as one. */
function endsWithColon(bytes: Uint8Array, start: number, end: number): boolean {
  let at = end - 1;
  while (at >= start && bytes[at]! <= 0x20) at--;
  return bytes[at] === COLON || bytes[at]! >= 0x80;
}
