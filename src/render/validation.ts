import type { ExampleResult } from "../core/check/rule_examples.ts";
import type { Paint } from "./paint.ts";
import { plural } from "./plural.ts";

/** One rule of a file, and what became of its tests. */
export interface Validated {
  readonly id: string;
  readonly results: readonly ExampleResult[];
  /** `rules.jsonc:7`, where a test stands. */
  readonly where: (result: ExampleResult) => string;
}

/** What `rules validate` says when the files are well-formed. */
export function validationText(rules: readonly Validated[], paint: Paint): string {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  const all = rules.flatMap(({ results }) => results);
  const failed = all.filter(({ passed }) => !passed).length;
  const summary = `${plural(rules.length, "rule")}, ${plural(all.length, "test")}`;
  return [
    ...rules.flatMap((rule) => ruleLines(rule, width, paint)),
    failed === 0
      ? paint.good(`✓ ${summary}: all is well`)
      : paint.bad(`✗ ${summary}: ${failed} failed`),
    "",
  ].join("\n");
}

function ruleLines({ id, results, where }: Validated, width: number, paint: Paint): string[] {
  const failed = results.filter(({ passed }) => !passed);
  const name = id.padEnd(width);
  if (results.length === 0) return [paint.warn(`- ${name}  has no tests`)];
  const counts = (["match", "noMatch"] as const).flatMap((kind) => {
    const of = results.filter((result) => result.kind === kind);
    const good = of.filter(({ passed }) => passed).length;
    const verb = kind === "match" ? "matched" : "left alone";
    return of.length === 0 ? [] : [`${good} of ${of.length} ${verb}`];
  });
  const line = `${failed.length === 0 ? "✓" : "✗"} ${name}  ${counts.join(", ")}`;
  return [
    failed.length === 0 ? line : paint.bad(line),
    ...failed.map((result) => {
      const what = result.kind === "match" ? "doesn't meet the rule" : "meets the rule";
      return `  ${where(result)}: tests.${result.kind}[${result.index}] ${what}`;
    }),
  ];
}
