import type { Finding } from "../finding.ts";
import type { LineMap } from "./line_map.ts";
import type { LogClock } from "./log_clock.ts";

/** A finding in a saved log, in the log's own lines and time. */
export interface Sighting {
  readonly finding: Finding;
  /** Lines of the file, from 1: of the newest match, and of the first. */
  readonly line: number;
  readonly firstLine: number;
  /** The file's line of each line of the finding's context. */
  readonly contextLines: readonly number[];
  /** The line at which a run that evaluates at once would have known. */
  readonly detectedLine: number;
  /** When that was, as the log tells the time; `undefined` if it doesn't. */
  readonly detectedAt: string | undefined;
  readonly firstMatchAt: string | undefined;
  readonly lastMatchAt: string | undefined;
  /** Ms from the log's first timestamp to the detection; `undefined` if the log tells no time. */
  readonly afterMs: number | undefined;
  /** How often the rule was met in the whole log, and how many lines matched. */
  readonly times: number;
  readonly matches: number;
}

/** A rule's first finding; `lines` are the monitor's so far. */
export function sight(finding: Finding, lines: number, clock: LogClock, map: LineMap): Sighting {
  const { firstMatch, lastMatch, context } = finding;
  return {
    finding,
    line: map.fileLine(lastMatch.number),
    firstLine: map.fileLine(firstMatch.number),
    contextLines: context.lines.map(({ number }) => map.fileLine(number)),
    detectedLine: map.fileLine(lines),
    detectedAt: clock.text(clock.now),
    firstMatchAt: clock.text(firstMatch.at),
    lastMatchAt: clock.text(lastMatch.at),
    afterMs: clock.known ? clock.now : undefined,
    times: 1,
    matches: finding.matches,
  };
}

/** Whether it would have ended a run: rules may also only warn or observe. */
export function isFatal({ finding }: Sighting): boolean {
  return (finding.rule.action ?? "kill") === "kill";
}

/** What one log has shown. */
export interface LogResult {
  /** As the user named it; `-` is stdin. */
  readonly file: string;
  readonly lines: number;
  /** Each rule's first finding, in the order in which a run would have had them. */
  readonly sightings: readonly Sighting[];
}

/** The finding that would have ended a run. */
export function fatalOf({ sightings }: LogResult): Sighting | undefined {
  return sightings.find(isFatal);
}
