import { byteTables } from "./byte_tables.ts";
import { LINE_FILTER_X86 } from "./line_filter_x86.ts";
import type { PlacedPattern } from "./place.ts";

/** A function in machine code: gets the address of `memory` and `low + high * 2^32`, both 32 bits. */
export type MachineFunction = (
  memory: Uint8Array<ArrayBuffer>,
  low: number,
  high: number,
) => void;

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
const LEFT_BEHIND = 0x8200;
const [LINE_FEEDS, RETURNS, RESULT] = [0, 1, 2];

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
  if (supported === undefined || next === undefined) return undefined;
  const left = new Uint32Array(memory.buffer, memory.byteOffset + LEFT_BEHIND, 3);
  supported(memory, 0, 0);
  if (left[RESULT] !== 1) return undefined;
  memory.set(byteTables(placed), TABLES);
  return {
    next(at, end) {
      next(memory, at, end);
      return left[RESULT]!;
    },
    get lineEnds() {
      return left[RETURNS] === 0 ? left[LINE_FEEDS] : undefined;
    },
  };
}
