// The fast path. Of a healthy run's lines hardly any can mean anything to a rule: each rule names
// literals (`hints`) of which one stands in every line that it can match, and a line with none of
// them, outside of any block that is being followed, changes nothing but the line count and the ring
// buffer. So nobody cuts such lines out, decodes or even copies them:
//
//   bytes ─ line_sieve ─┬─ line_filter.wat: where may a literal begin? nowhere ──┬─▶ passed_lines:
//                       ├─ hint_index: is there all that a rule needs? no ───────┘   counted, the
//                       └─ text ─ hint_index ─▶ the rules it concerns                last ones kept
//
// plain_filter.ts says the same in plain words, and tests/fuzz holds all of it to a reference that
// reads every line. Where the processor has AVX-512 VBMI, line_filter_x86.s searches instead of the
// .wat, and counts line ends on its way.
import { CountedEnds } from "./counted_ends.ts";
import { buildTables } from "./filter_tables.ts";
import { LINE_FILTER_WASM } from "./line_filter_wasm.ts";
import { type LoadCode, machineSearch, type Search } from "./machine_search.ts";
import type { Pattern } from "./pattern.ts";
import { PatternCheck } from "./pattern_check.ts";
import { ReadAllFilter } from "./plain_filter.ts";
import { readyTables } from "./ready_tables.ts";

/** Bytes that a filter looks at in one go, at most. */
export const MAX_FILTERED = 256 * 1024;

/** Looks through a chunk for the lines that are worth a closer look. */
export interface LineFilter {
  /** Room for `MAX_FILTERED` bytes; a chunk that lies there is loaded without a copy. */
  readonly room?: Uint8Array<ArrayBuffer>;
  /** Takes a chunk of at most `MAX_FILTERED` bytes; the rest is asked about it. */
  load(chunk: Uint8Array): void;
  /**
   * An index from `from` on, such that no line before the one it lies in has a pattern; `end` if no
   * line has one. The line that it lies in may have none either.
   */
  next(from: number, end: number): number;
  /** The first index from `from` on where `byte` stands; `end` if it doesn't. */
  find(byte: number, from: number, end: number): number;
  /** Line ends from `from` to `end`; `end` stands behind one. */
  lineEnds(from: number, end: number): number;
  /** Where the last `count` lines before `end` begin, none before `start`. */
  lastLines(start: number, end: number, count: number): number;
}

/**
 * The fast filter, with `loadCode` faster still on some processors; or where it can't be had one that
 * lets nothing pass: WebAssembly's memory needs room in the address space that `ulimit -v` may not
 * leave.
 */
export function createLineFilter(patterns: readonly Pattern[], loadCode?: LoadCode): LineFilter {
  try {
    return new SimdFilter(patterns, loadCode);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof WebAssembly.CompileError)) throw error;
    return new ReadAllFilter();
  }
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  next(at: number, end: number): number;
  find(byte: number, at: number, end: number): number;
  lineEnds(at: number, end: number): number;
  lastLines(start: number, end: number, count: number): number;
}

const LF = 0x0a;

// The layout of line_filter.wat.
const BEGINS = 0x400;
const PAIRS = 0x2400;
const GRAMS = 0x4400;
const CHUNK = 0x10000;
const ROOM = 0x60000;

/** A call of machine code takes 0.3 to 0.5 µs: while less lies between two finds it isn't worth it. */
const NEAR_BYTES = 2048;

/** line_filter.wat and line_ends.wat, which look at sixteen and more bytes at a time. */
export class SimdFilter implements LineFilter {
  readonly room: Uint8Array<ArrayBuffer>;
  readonly #memory: Uint8Array<ArrayBuffer>;
  /** Where the loaded chunk lies. */
  #chunk = CHUNK;
  readonly #exports: Exports;
  readonly #check: PatternCheck;
  readonly #search: Search | undefined;
  readonly #near: number;
  readonly #counted = new CountedEnds();
  /** The last find was near the one before it. */
  #dense = false;

  /**
   * With `loadCode` the processor's own code searches, unless finds lie less than `near` bytes apart.
   * @throws {RangeError | WebAssembly.CompileError} if WebAssembly can't be used.
   */
  constructor(patterns: readonly Pattern[], loadCode?: LoadCode, near = NEAR_BYTES) {
    const code = Uint8Array.fromBase64(LINE_FILTER_WASM);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code));
    this.#exports = exports as unknown as Exports;
    this.#memory = new Uint8Array(this.#exports.memory.buffer);
    this.room = this.#memory.subarray(ROOM, ROOM + MAX_FILTERED);
    const { nibbles, known, placed } = readyTables(patterns) ?? buildTables(patterns);
    this.#check = new PatternCheck(placed);
    this.#memory.set(nibbles);
    this.#memory.set(known.begins, BEGINS);
    this.#memory.set(known.pairs, PAIRS);
    this.#memory.set(known.grams, GRAMS);
    this.#search = loadCode && machineSearch(loadCode, this.#memory, placed);
    this.#near = near;
  }

  load(chunk: Uint8Array): void {
    this.#counted.clear();
    if (chunk.buffer === this.#memory.buffer) {
      this.#chunk = chunk.byteOffset;
    } else {
      this.#memory.set(chunk, CHUNK);
      this.#chunk = CHUNK;
    }
    // A CR at the very end must not see an LF of an earlier chunk behind it. One of this chunk's
    // own, which ends its last line, would be in it.
    const behind = this.#chunk + chunk.length;
    if (this.#memory[behind] === LF) this.#memory[behind] = 0;
  }

  next(from: number, end: number): number {
    const chunk = this.#chunk;
    for (let at = chunk + from;; at++) {
      at = this.#next(at, chunk + end);
      if (at === chunk + end || this.#check.stands(this.#memory, at)) return at - chunk;
    }
  }

  #next(at: number, end: number): number {
    if (this.#search === undefined) return this.#exports.next(at, end);
    const near = this.#dense ? Math.min(at + this.#near, end) : at;
    let found = near === at ? near : this.#exports.next(at, near);
    if (found === near && near < end) found = this.#searchOn(this.#search, near, end);
    this.#dense = found - at < this.#near;
    return found;
  }

  #searchOn(search: Search, at: number, end: number): number {
    const found = search.next(at, end);
    const ends = search.lineEnds;
    if (ends !== undefined) this.#counted.add(at, found, ends);
    return found;
  }

  find(byte: number, from: number, end: number): number {
    return this.#exports.find(byte, this.#chunk + from, this.#chunk + end) - this.#chunk;
  }

  lineEnds(from: number, end: number): number {
    return this.#counted.between(this.#chunk + from, this.#chunk + end, this.#exports.lineEnds);
  }

  lastLines(start: number, end: number, count: number): number {
    return this.#exports.lastLines(this.#chunk + start, this.#chunk + end, count) - this.#chunk;
  }
}
