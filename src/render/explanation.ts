import type { LineExplanation } from "../core/check/line_explainer.ts";
import type { Paint } from "./paint.ts";
import { shorten } from "../core/shorten.ts";
import { table } from "./table.ts";

/** What `check --explain N` says for people. */
export function explanationText(explanation: LineExplanation, paint: Paint): string {
  const { line, text, facts, rules } = explanation;
  const seen = Object.entries(facts).map(([name, value]) => [
    `  ${name}`,
    shorten(typeof value === "string" ? value : JSON.stringify(value), 0),
  ]);
  const verdicts = rules.map(({ rule, fired, why }) => [
    fired ? `→ ${rule}` : `  ${rule}`,
    fired ? `fires here: ${firedWhy(why)}` : why,
  ]);
  return [
    `${paint.rule(`line ${line} │`)} ${shorten(text, 0)}`,
    "",
    "Seen in it:",
    ...(seen.length === 0 ? ["  nothing that a rule's facts could name"] : table(seen)),
    "",
    "Rules:",
    ...(rules.length === 0 ? ["  there are none"] : table(verdicts)),
    "",
  ].join("\n");
}

/** The same for programs, on one line. */
export function explanationJson(explanation: LineExplanation): string {
  return JSON.stringify(explanation) + "\n";
}

/** A rule can fire at a line that alone says nothing: the last one of a traceback. */
function firedWhy(why: string): string {
  return why.startsWith("matches") ? why : "the traceback that ends here";
}
