import type { FuzzCase, Outcome, Step } from "./fuzz_case.ts";
import { monitorOutcome, referenceOutcome } from "./outcome.ts";

/** How the engine and the reference differ on a case; `undefined` where they agree. */
export function difference(fuzzed: FuzzCase): string | undefined {
  const [expected, got] = [
    safely(() => referenceOutcome(fuzzed)),
    safely(() => monitorOutcome(fuzzed)),
  ];
  if (JSON.stringify(expected) === JSON.stringify(got)) return undefined;
  const at = expected.evaluations.findIndex((evaluation, index) =>
    JSON.stringify(evaluation) !== JSON.stringify(got.evaluations[index])
  );
  const index = at === -1 ? expected.evaluations.length : at;
  return [
    `evaluation ${index}:`,
    `  reference: ${brief(expected, index)}`,
    `  monitor:   ${brief(got, index)}`,
  ].join("\n");
}

function safely(run: () => Outcome): Outcome {
  try {
    return run();
  } catch (error) {
    const trouble = error instanceof Error ? error.stack ?? error.message : String(error);
    return { evaluations: [], lines: 0, trouble };
  }
}

function brief({ evaluations, lines, trouble }: Outcome, index: number): string {
  return `${JSON.stringify(evaluations[index])} of ${evaluations.length}; ${lines} lines` +
    (trouble === undefined ? "" : `; ${trouble}`);
}

/** A case as text that a reader can follow, and replay by its seed. */
export function describe({ rules, steps, ...options }: FuzzCase): string {
  const { bufferLines, contextLines, immediate, retires, minFiltered } = options;
  return [
    JSON.stringify({ bufferLines, contextLines, immediate, retires, minFiltered }),
    ...rules.map((rule) => {
      const { tests: _, advice: _a, docs: _d, title: _t, reason: _r, ...rest } = rule;
      return `rule ${JSON.stringify(rest)}`;
    }),
    ...steps.map((step, index) => `${index}. at ${step.at}: ${step.do} ${details(step)}`),
  ].join("\n");
}

function details(step: Step): string {
  if (step.do === "evaluate") return step.all ? "all" : "once";
  if (step.do === "end") return step.stream;
  const text = JSON.stringify(new TextDecoder().decode(step.bytes));
  const shown = text.length <= 2000 ? text : `${text.slice(0, 1000)} … ${text.slice(-900)}`;
  return `${step.stream} ${step.bytes.length} bytes ${shown}`;
}
