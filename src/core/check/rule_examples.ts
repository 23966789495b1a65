import type { Rule } from "../rule.ts";
import { LogScan } from "./log_scan.ts";

/** One of a rule's own tests, and whether the engine agrees with it. */
export interface ExampleResult {
  readonly kind: "match" | "noMatch";
  /** Its place in the list. */
  readonly index: number;
  readonly passed: boolean;
}

export interface EngineOptions {
  /** All rules of a run: which of them names a traceback depends on the others. */
  readonly rules: readonly Rule[];
  readonly bufferLines: number;
}

/** Runs the tests of `rule`, each as a log of its own, with the engine of a run. */
export function tryExamples(rule: Rule, engine: EngineOptions): ExampleResult[] {
  const { match = [], noMatch = [] } = rule.tests ?? {};
  const run = (kind: ExampleResult["kind"]) => (log: string, index: number): ExampleResult => ({
    kind,
    index,
    passed: isMet(rule, log, engine) === (kind === "match"),
  });
  return [...match.map(run("match")), ...noMatch.map(run("noMatch"))];
}

function isMet(rule: Rule, log: string, engine: EngineOptions): boolean {
  const scan = new LogScan({ ...engine, contextLines: 0 });
  scan.push(new TextEncoder().encode(log));
  scan.end();
  return scan.sightings.some(({ finding }) => finding.rule.id === rule.id);
}
