import type { Pattern } from "./pattern.ts";

/** Patterns are sorted into two groups of eight buckets: one bit each in a byte of the tables. */
export const GROUPS = 2;
export const BUCKETS = 8;
export const BUCKET_COUNT: number = GROUPS * BUCKETS;

/** Where the filter looks for a pattern: a part's place in it, and the part's bucket. */
export interface Place {
  readonly offset: number;
  /** The bucket in the tables of line_filter.wat, which sees nibbles. */
  readonly bucket: number;
  /** The bucket in those of line_filter_x86.s, which sees bytes: what gets mixed up there is other. */
  readonly byteBucket: number;
}

/** A pattern, and where in it the part begins that the filter looks for. */
export interface PlacedPattern extends Place {
  readonly pattern: Pattern;
}
