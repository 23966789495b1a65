import { byteTables } from "./byte_tables.ts";
import { LINE_FILTER_X86 } from "./line_filter_x86.ts";
import type { PlacedPattern } from "./place.ts";

/** A function in machine code: gets the address of `memory`. */
export type MachineFunction = (memory: Uint8Array<ArrayBuffer>, a: number, b: number) => number;

/**
 * Puts code for a processor where it can be run, and returns the functions that begin at `entries`;
 * `undefined` on any other processor, or where it isn't allowed.
 */
export type LoadCode = (
  arch: "x86_64",
  code: Uint8Array<ArrayBuffer>,
  entries: readonly number[],
) => readonly MachineFunction[] | undefined;

/** A search that counts line ends on its way. */
export interface Search {
  /** What `next` of line_filter.wat does. */
  next(at: number, end: number): number;
  /** Line ends between the last `at` and what was found; `undefined` where there may be a CR. */
  readonly lineEnds: number | undefined;
}

// The layout of line_filter_x86.s.
const [SUPPORTED, NEXT] = [0x00, 0x80];
const TABLES = 0x8000;
const LINE_FEEDS = 0x8200;

/**
 * The search of line_filter_x86.s through the memory of line_filter.wat, in which the grams are;
 * `undefined` where the processor hasn't got what it takes.
 */
export function machineSearch(
  load: LoadCode,
  memory: Uint8Array<ArrayBuffer>,
  placed: readonly PlacedPattern[],
): Search | undefined {
  const code = Uint8Array.fromBase64(LINE_FILTER_X86);
  const [supported, next] = load("x86_64", code, [SUPPORTED, NEXT]) ?? [];
  if (next === undefined || supported?.(memory, 0, 0) !== 1) return undefined;
  memory.set(byteTables(placed), TABLES);
  const left = new Uint32Array(memory.buffer, memory.byteOffset + LINE_FEEDS, 2);
  return {
    next: (at, end) => next(memory, at, end),
    get lineEnds() {
      return left[1] === 0 ? left[0] : undefined;
    },
  };
}
