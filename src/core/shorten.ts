/** Longest line that a report shows, in UTF-16 units. */
export const MAX_SHOWN = 1000;

/** Part of the line kept before the match where a long line has to be cut. */
const LEAD = 200;

// C0 and C1 controls but the tab: a report must not move a terminal's cursor or ring its bell.
// deno-lint-ignore no-control-regex
const CONTROL = new RegExp("[\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f]", "g");

/** One line for the report: without control characters, and cut so that `focus` stays in view. */
export function shorten(text: string, focus: number): string {
  if (text.length <= MAX_SHOWN) return text.replace(CONTROL, "\ufffd");
  const start = focus < MAX_SHOWN - LEAD ? 0 : Math.min(focus - LEAD, text.length - MAX_SHOWN);
  const end = start + MAX_SHOWN;
  const left = start === 0 ? "" : "…";
  const right = end < text.length ? `… (${text.length - end} more)` : "";
  return left + text.slice(start, end).toWellFormed().replace(CONTROL, "\ufffd") + right;
}
