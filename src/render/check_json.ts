import { fatalOf, type LogResult, type Sighting } from "../core/check/sighting.ts";
import type { Line } from "../core/line.ts";

/** What `check --format json` prints: one object for all logs, on one line. */
export function checkJson(
  results: readonly LogResult[],
  exitCodeOf: (sighting: Sighting | undefined) => number,
): string {
  const first = results.find((result) => fatalOf(result) !== undefined);
  const fatal = first === undefined ? undefined : fatalOf(first);
  const summary = {
    verdict: first === undefined || fatal === undefined ? null : {
      ...ruleFields(fatal),
      exitCode: exitCodeOf(fatal),
      file: first.file,
      line: fatal.detectedLine,
      detectedAt: fatal.detectedAt ?? null,
      afterMs: fatal.afterMs ?? null,
    },
    findings: results.flatMap(({ file, sightings }) =>
      sightings.map((sighting) => findingFields(sighting, file))
    ),
    lines: results.reduce((sum, { lines }) => sum + lines, 0),
  };
  return JSON.stringify(summary) + "\n";
}

function ruleFields({ finding: { rule } }: Sighting) {
  return {
    rule: rule.id,
    category: rule.category,
    headline: rule.title,
    reason: rule.reason,
    retryable: rule.retryable ?? null,
  };
}

function findingFields(sighting: Sighting, file: string) {
  const { finding, contextLines } = sighting;
  const { rule, firstMatch, lastMatch, context } = finding;
  return {
    file,
    line: sighting.line,
    ...ruleFields(sighting),
    action: rule.action ?? "kill",
    advice: rule.advice ?? null,
    docs: rule.docs ?? null,
    detectedLine: sighting.detectedLine,
    detectedAt: sighting.detectedAt ?? null,
    afterMs: sighting.afterMs ?? null,
    firstMatch: matchFields(firstMatch, sighting.firstLine, sighting.firstMatchAt),
    lastMatch: matchFields(lastMatch, sighting.line, sighting.lastMatchAt),
    matches: sighting.matches,
    times: sighting.times,
    context: context.lines.map(({ text }, index) => ({ line: contextLines[index], text })),
  };
}

function matchFields({ text }: Line, line: number, at: string | undefined) {
  return { line, text, at: at ?? null };
}
