import { renderTable } from "./table.ts";
import type { Row } from "./row.ts";

const BEGIN = "<!-- BENCH_WRITE=1 make bench writes from here -->";
const END = "<!-- to here -->";

export interface Report {
  /** When and on what was measured. */
  readonly machine: string;
  /** Settings that differ from the defaults; empty if none do. */
  readonly changed: string;
  readonly rows: readonly Row[];
  readonly skipped: readonly string[];
}

/** The table and what has to be known about it, in Markdown. */
export function renderReport({ machine, changed, rows, skipped }: Report): string {
  const note = changed === "" ? "" : `\n\nNot the usual sizes: ${changed}`;
  const missing = skipped.length === 0 ? "" : `\n\nNot here, so skipped: ${skipped.join(", ")}`;
  return `${machine}${note}${missing}\n\n${renderTable(rows)}`;
}

/**
 * `page` with the report in its place.
 * @throws {Error} if the page has no such place.
 */
export function putReport(page: string, report: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`Cannot find ${BEGIN} and ${END} in the page`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${report}\n\n${page.slice(end)}`;
}
