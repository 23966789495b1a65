import { fatalOf, isFatal, type LogResult, type Sighting } from "../core/check/sighting.ts";
import { durationText } from "./duration_text.ts";
import type { Paint } from "./paint.ts";
import { plural } from "./plural.ts";
import { shorten } from "../core/shorten.ts";
import { wrap } from "./table.ts";

/** How the lines of a log are called: `line 7`, or `a.log:7` where there are several logs. */
export type LineName = (line: number) => string;

export function lineName(file: string, several: boolean): LineName {
  return (line) => several ? `${file}:${line}` : `line ${line}`;
}

/** Of advice. */
const WIDTH = 96;

const SIGNS = { kill: "🚨", warn: "⚠️", observe: "•" } as const;

/** A finding as it is met: headline, the lines that led there with their numbers, what to do. */
export function sightingText(sighting: Sighting, name: LineName, paint: Paint): string {
  const { rule } = sighting.finding;
  const sign = SIGNS[rule.action ?? "kill"];
  const headline = `${sign} ${name(sighting.line)}: ${rule.title} ` +
    `(rule ${rule.id}${timeText(sighting)})`;
  return [
    isFatal(sighting) ? paint.alarm(headline) : paint.warn(headline),
    ...contextRows(sighting, paint),
    paint.bad(`  ${rule.reason}`),
    ...(rule.advice === undefined ? [] : wrap(rule.advice, WIDTH).map((line) => `  ${line}`)),
    ...(rule.docs === undefined ? [] : [paint.note(`  ${rule.docs}`)]),
    "",
    "",
  ].join("\n");
}

/** The end of one log: how often its rules were met, and what would have become of a run. */
export function logVerdictText(
  result: LogResult,
  options: { several: boolean; exitCode: number },
  paint: Paint,
): string {
  const { file, lines, sightings } = result;
  const again = sightings.filter(({ times }) => times > 1).map(({ finding, times, matches }) =>
    `  ${finding.rule.id}: met ${plural(times, "time")}, ${plural(matches, "matching line")}\n`
  );
  const fatal = fatalOf(result);
  const where = options.several ? `${file}: ` : "";
  const code = `(exit code: ${options.exitCode})`;
  const last = fatal === undefined
    ? paint.good(`✓ ${where}no rule would have stopped a run in ${plural(lines, "line")} ${code}`)
    : paint.bad(
      `✗ ${where}a run would have been stopped at line ${fatal.detectedLine} of ${lines} ` +
        `by rule ${fatal.finding.rule.id}${afterText(fatal)} ${code}`,
    );
  return [...again, last, "\n"].join("");
}

function contextRows({ finding, contextLines }: Sighting, paint: Paint): string[] {
  const { lines, matchIndex, omitted } = finding.context;
  const width = String(contextLines.at(-1) ?? "").length;
  const rows = lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    const number = String(contextLines[index]).padStart(width);
    const gutter = paint.rule(`${isLast ? "→" : " "} ${number} │`);
    return `${gutter} ${shorten(line.text, isLast ? matchIndex : 0)}`;
  });
  if (omitted !== undefined) {
    rows.splice(omitted.before, 0, `  … ${plural(omitted.count, "line")} left out …`);
  }
  return rows;
}

function timeText({ detectedAt }: Sighting): string {
  return detectedAt === undefined ? "" : `, ${detectedAt}`;
}

function afterText({ afterMs }: Sighting): string {
  return afterMs === undefined ? "" : `, ${durationText(afterMs)} into the log`;
}
