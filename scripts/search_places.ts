import { WIDTH } from "../src/core/scan/pattern.ts";

/** As many as line_filter.wat has locals for. */
const BLOCKS = [0, 1];
const BLOCK_BYTES = 16;
const GROUPS = ["first", "second"];
const PLACES = Array.from({ length: WIDTH }, (_, place) => place);

/**
 * What `next` of line_filter.wat does for each place of a pattern, written out: which buckets have
 * the byte that stands there, by its low and by its high nibble, in each block and group. The indices
 * of a relaxed swizzle are below sixteen, where it is the same everywhere, and one instruction.
 */
export function searchPlaces(): string {
  return PLACES.flatMap((place) => [
    ...BLOCKS.flatMap((block) => nibbles(place, block)),
    ...GROUPS.flatMap((group, index) => {
      const table = (index * WIDTH + place) * 2 * BLOCK_BYTES;
      return [
        ...lookup(group, "low", table, place === 0),
        ...lookup(group, "high", table + BLOCK_BYTES, false),
      ];
    }),
  ]).join("\n");
}

function nibbles(place: number, block: number): string[] {
  const bytes = "(local.get $bytes)";
  const fifteen = "(local.get $fifteen)";
  return [
    set("bytes", `(v128.load offset=${place + block * BLOCK_BYTES} (local.get $at))`),
    set(`low${block}`, `(v128.and ${bytes} ${fifteen})`),
    set(`high${block}`, `(v128.and (i16x8.shr_u ${bytes} (i32.const 4)) ${fifteen})`),
  ];
}

/** Takes the buckets out that have no such nibble; the `fresh` first one puts them in. */
function lookup(group: string, nibble: string, table: number, fresh: boolean): string[] {
  return [
    set("table", `(v128.load (i32.const ${table}))`),
    ...BLOCKS.map((block) => {
      const found = `(i8x16.relaxed_swizzle (local.get $table) (local.get $${nibble}${block}))`;
      const left = `$${group}${block}`;
      return set(left.slice(1), fresh ? found : `(v128.and (local.get ${left}) ${found})`);
    }),
  ];
}

function set(local: string, value: string): string {
  return `(local.set $${local} ${value})`;
}
