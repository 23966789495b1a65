import type { Context } from "./finding.ts";
import type { RecentLines } from "./scan/recent_lines.ts";
import type { Traceback } from "./traceback.ts";

/**
 * The lines to show for a match: `shown` of them with the matching one, and a traceback whole.
 * `matchIndex` is the match's index in its line.
 */
export function contextOf(
  recent: RecentLines,
  shown: number,
  matchIndex: number,
  traceback: Pick<Traceback, "lines" | "omitted"> | undefined,
): Context {
  if (traceback === undefined) {
    return { lines: recent.last(shown), omitted: undefined, matchIndex };
  }
  const first = traceback.lines[0]!.number;
  const missing = Math.max(shown - traceback.lines.length, 0);
  const earlier = missing === 0
    ? []
    : recent.last(recent.length).filter((line) => line.number < first);
  const before = missing === 0 ? [] : earlier.slice(-missing);
  const { omitted } = traceback;
  return {
    lines: [...before, ...traceback.lines],
    omitted: omitted && { count: omitted.count, before: before.length + omitted.before },
    matchIndex,
  };
}
