/** What a figure is counted in; decides how it is written. */
export type Unit = "MB/s" | "s/GB" | "ms" | "ms/min" | "MB";

/** What has to hold for a figure, or for its ratio to the peer's. */
export interface Target {
  readonly of: "figure" | "ratio";
  readonly bound: "at least" | "at most";
  readonly value: number;
}

/** One line of the table: what bailout took and what another program took in the same run. */
export interface Row {
  readonly what: string;
  readonly unit: Unit;
  /** Infinity: it never happened. */
  readonly figure: number;
  readonly peer?: { readonly name: string; readonly figure: number } | undefined;
  readonly target?: Target | undefined;
}

/** bailout's figure as a multiple of the peer's; `undefined` where that says nothing. */
export function ratioOf({ figure, peer }: Row): number | undefined {
  const ratio = peer === undefined ? NaN : figure / peer.figure;
  return Number.isFinite(ratio) && peer?.figure !== Infinity ? ratio : undefined;
}

/** Whether the row's target is met; `undefined` where it has none, or where the peer is missing. */
export function isMet(row: Row): boolean | undefined {
  if (row.target === undefined) return undefined;
  const { of, bound, value } = row.target;
  const actual = of === "figure" ? row.figure : ratioOf(row);
  if (actual === undefined || Number.isNaN(actual)) return undefined;
  return bound === "at least" ? actual >= value : actual <= value;
}

export function atMost(value: number, of: Target["of"] = "figure"): Target {
  return { of, bound: "at most", value };
}

export function atLeast(value: number, of: Target["of"] = "figure"): Target {
  return { of, bound: "at least", value };
}
