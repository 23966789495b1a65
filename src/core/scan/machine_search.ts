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

/** What `next` of line_filter.wat does. */
export type Search = (at: number, end: number) => number;

// The layout of line_filter_x86.s.
const [SUPPORTED, NEXT] = [0x00, 0x80];
const TABLES = 0x8000;

/**
 * The search of line_filter_x86.s through the memory of line_filter.wat, in which the grams are;
 * `undefined` where the processor hasn't got what it takes.
 */
export function machineSearch(
  load: LoadCode,
  memory: Uint8Array<ArrayBuffer>,
  placed: readonly PlacedPattern[],
): Search | undefined {
  const code = Uint8Array.from(atob(LINE_FILTER_X86), (character) => character.charCodeAt(0));
  const [supported, next] = load("x86_64", code, [SUPPORTED, NEXT]) ?? [];
  if (next === undefined || supported?.(memory, 0, 0) !== 1) return undefined;
  memory.set(byteTables(placed), TABLES);
  return (at, end) => next(memory, at, end);
}
