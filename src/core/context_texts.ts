import type { Context } from "./finding.ts";
import { shorten } from "./shorten.ts";

/** The lines that led to a match, as a report and a record show them; the match is the last. */
export function contextTexts({ lines, matchIndex, omitted }: Context): string[] {
  const last = lines.length - 1;
  const texts = lines.map(({ text }, index) => shorten(text, index === last ? matchIndex : 0));
  if (omitted !== undefined) {
    texts.splice(omitted.before, 0, `… ${omitted.count} lines left out …`);
  }
  return texts;
}
