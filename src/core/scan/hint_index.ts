import type { Detector } from "../detector.ts";
import { CODE_FIRST, CODE_FIRST_PATTERNS, mayHaveStatus, STATUS_LITERALS } from "../fact_forms.ts";
import { LiteralScanner } from "./literal_scanner.ts";
import { literal, type Pattern } from "./pattern.ts";

/** A traceback, a printed value or a test session may begin (traceback.ts, echo_block.ts, …). */
const BLOCK = 1 << 0;
const BLOCK_LITERALS = ["Traceback", "{'", "====="];
/** The same for an exception without a traceback, if the line ends with a colon. */
const BARE = 1 << 1;
const BARE_LITERALS = ["Error", "Exception"];
const STATUS = 1 << 2;
/** The bits from here up belong to the rules; where there are more, some share one. */
const FIRST_RULE_BIT = 3;
const RULE_BITS = 32 - FIRST_RULE_BIT;

/** An escape sequence may hide what follows it or cut a word in two: such a line is always read. */
const ESCAPES = ["\x1b", "\x9b"];

/**
 * What has to stand in a line for anyone to look at it: literals that each rule names, and those
 * with which the blocks begin that the monitor follows.
 */
export class HintIndex {
  readonly #scanner: LiteralScanner;
  readonly #masks: readonly number[];
  readonly #readsStatus: boolean;
  /** A rule has no literals: it has to see every line. */
  readonly readsAll: boolean;
  /** One of these stands in every line of which `look` says something. */
  readonly patterns: readonly Pattern[];

  constructor(detectors: readonly Detector[]) {
    this.#readsStatus = detectors.some(({ readsStatus }) => readsStatus);
    this.readsAll = detectors.some(({ hints }) => hints === undefined);
    const masks: number[] = [];
    const groups: [bit: number, literals: readonly string[]][] = [
      [BLOCK, BLOCK_LITERALS],
      [BARE, BARE_LITERALS],
    ];
    if (this.#readsStatus) groups.push([STATUS, STATUS_LITERALS]);
    for (const [index, { hints, readsStatus }] of detectors.entries()) {
      const bit = 1 << (FIRST_RULE_BIT + index % RULE_BITS);
      masks.push(hints === undefined ? ~0 : bit | (readsStatus ? STATUS : 0));
      if (hints !== undefined) groups.push([bit, hints]);
    }
    this.#masks = masks;
    this.#scanner = new LiteralScanner(groups);
    this.patterns = [
      ...new Set([...groups.flatMap(([, literals]) => literals), ...ESCAPES]),
    ].map(literal).concat(this.#readsStatus ? CODE_FIRST_PATTERNS : []);
  }

  /** What stands in a line, as bits; 0 if nobody needs to look at it. */
  look(text: string): number {
    let bits = this.#scanner.find(text);
    if (bits & BARE && !text.trimEnd().endsWith(":")) bits &= ~BARE;
    if (!this.#readsStatus) return bits;
    if (bits & STATUS) return mayHaveStatus(text) ? bits : bits & ~STATUS;
    return CODE_FIRST.test(text) ? bits | STATUS : bits;
  }

  /** Whether the detector with this index has to look at a line in which `bits` stand. */
  concerns(detector: number, bits: number): boolean {
    const mask = this.#masks[detector]!;
    return mask === ~0 || (bits & mask) !== 0;
  }
}
