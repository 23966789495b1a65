import type { HintIndex } from "../../src/core/scan/hint_index.ts";
import { MAX_LINE_BYTES } from "../../src/core/scan/line_sieve.ts";

/** Tells of a line's text whether its bytes would pass unread, as line_sieve.ts lets them. */
export function passes(index: HintIndex): (text: string) => boolean {
  return (text) => {
    const bytes = new TextEncoder().encode(text).subarray(0, MAX_LINE_BYTES);
    return !index.mayConcern(bytes, 0, bytes.length);
  };
}
