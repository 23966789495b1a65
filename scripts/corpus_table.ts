import type { CorpusCase } from "./corpus_case.ts";

/** One case replayed with one profile. */
export interface Outcome {
  readonly case: CorpusCase;
  /** The rule that ended the run, or `null`. */
  readonly got: string | null;
}

/** What a profile made of the cases of one family. */
export interface Tally {
  /** Fatal cases where the right rule fired. */
  readonly caught: number;
  /** Fatal cases where another rule fired. */
  readonly misnamed: number;
  /** Fatal cases where nothing fired. */
  readonly missed: number;
  /** Healthy cases where a rule fired. */
  readonly falseKills: number;
}

export function tally(outcomes: readonly Outcome[]): Tally {
  const count = (is: (expect: string | null, got: string | null) => boolean) =>
    outcomes.filter((outcome) => is(outcome.case.expect, outcome.got)).length;
  return {
    caught: count((expect, got) => expect !== null && got === expect),
    misnamed: count((expect, got) => expect !== null && got !== null && got !== expect),
    missed: count((expect, got) => expect !== null && got === null),
    falseKills: count((expect, got) => expect === null && got !== null),
  };
}

/** `permission-denied/fatal/slug: expected permission-denied, got python-exception` */
export function describeFault({ case: { name, expect }, got }: Outcome): string {
  return `${name}: expected ${expect ?? "none"}, got ${got ?? "none"}`;
}

export function isFault(outcome: Outcome): boolean {
  return outcome.got !== outcome.case.expect;
}

const COLUMNS = ["caught", "misnamed", "missed", "false kills"];

/**
 * A row for each family and one for all: how many cases it has, and for each profile what it made of
 * them. Every profile has an outcome for every case.
 */
export function renderTable(profiles: Readonly<Record<string, readonly Outcome[]>>): string {
  const all = Object.values(profiles)[0] ?? [];
  const families = [...new Set(all.map((outcome) => outcome.case.family))];
  const row = (label: string, belongs: (outcome: Outcome) => boolean) => {
    const own = all.filter(belongs);
    const fatal = own.filter((outcome) => outcome.case.expect !== null).length;
    const tallies = Object.values(profiles).map((outcomes) => tally(outcomes.filter(belongs)));
    const cells = tallies.flatMap((t) => [t.caught, t.misnamed, t.missed, t.falseKills]);
    return [label, fatal, own.length - fatal, ...cells].map(String);
  };
  const rows = [
    ["rule", "fatal", "healthy", ...Object.keys(profiles).flatMap(() => COLUMNS)],
    ...families.map((family) => row(family, (outcome) => outcome.case.family === family)),
    row("all", () => true),
  ];
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]!.length))
  );
  const lines = rows.map((cells) =>
    cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)
    )
  );
  return [profileLine(Object.keys(profiles), widths), ...lines.map((cells) => cells.join("  "))]
    .join("\n");
}

/** The profiles' names, each above the first of its columns. */
function profileLine(profiles: readonly string[], widths: readonly number[]): string {
  const width = (from: number, to: number) =>
    widths.slice(from, to).reduce((sum, each) => sum + each + 2, 0);
  const names = profiles.map((name, index) => {
    const from = 3 + index * COLUMNS.length;
    return name.padEnd(width(from, from + COLUMNS.length));
  });
  return (" ".repeat(width(0, 3)) + names.join("")).trimEnd();
}
