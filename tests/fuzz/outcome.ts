import { Monitor } from "../../src/core/monitor.ts";
import type { Finding } from "../../src/core/finding.ts";
import type { Rule } from "../../src/core/rule.ts";
import { type Evaluation, type Found, type FuzzCase, type Outcome, shown } from "./fuzz_case.ts";
import { Reference } from "./reference.ts";
import { splitAll } from "./reference_lines.ts";

interface Engine {
  evaluate(now: number): Finding | undefined;
  retire(rule: Rule): void;
}

/** What `src/core/monitor.ts` makes of a case. */
export function monitorOutcome(fuzzed: FuzzCase): Outcome {
  const record = new Recorder(fuzzed);
  const engine = new Monitor({ ...fuzzed, onMatch: record.onMatch });
  record.engine = engine;
  let trouble: string | undefined;
  // Until when the engine has promised that there is nothing to find without further input.
  let quietUntil = -Infinity;
  for (const [index, step] of fuzzed.steps.entries()) {
    record.begin(index, step.at);
    if (step.do === "push") {
      const chunk = chunkOf(step.bytes, engine.room, index);
      engine.push(step.stream, chunk, step.at);
      // As the pump does it: the next bytes come in the same buffer.
      chunk.fill(0x58);
    } else if (step.do === "end") engine.end(step.stream, step.at);
    else {
      const found = record.evaluate("step", step.all);
      if (found > 0 && step.at < quietUntil) trouble ??= `settlesAt was wrong at step ${index}`;
      const settlesAt = engine.settlesAt ?? Infinity;
      quietUntil = step.all ? settlesAt : -Infinity;
      continue;
    }
    quietUntil = -Infinity;
  }
  return { evaluations: record.evaluations, lines: engine.lines, trouble };
}

/** In a buffer of its own or, as in a flood, where the engine has room for it. */
function chunkOf(
  bytes: Uint8Array,
  room: Uint8Array<ArrayBuffer> | undefined,
  index: number,
): Uint8Array {
  if (room === undefined || bytes.length > room.length || index % 2 === 0) return bytes.slice();
  room.set(bytes);
  return room.subarray(0, bytes.length);
}

/** What the plain reference makes of it. */
export function referenceOutcome(fuzzed: FuzzCase): Outcome {
  const record = new Recorder(fuzzed);
  const engine = new Reference({ ...fuzzed, onMatch: record.onMatch });
  record.engine = engine;
  const lines = splitAll(fuzzed.steps);
  for (const [index, step] of fuzzed.steps.entries()) {
    record.begin(index, step.at);
    for (const line of lines[index]!) engine.observe(line);
    if (step.do === "end") engine.end(step.stream, step.at);
    if (step.do === "evaluate") record.evaluate("step", step.all);
  }
  return { evaluations: record.evaluations, lines: lines.flat().length, trouble: undefined };
}

/** Evaluates an engine and writes down what it found. */
class Recorder {
  readonly evaluations: Evaluation[] = [];
  readonly onMatch: (() => void) | undefined;
  engine!: Engine;
  readonly #retires: boolean;
  #step = 0;
  #now = 0;

  constructor({ immediate, retires }: FuzzCase) {
    this.#retires = retires;
    this.onMatch = immediate ? () => this.evaluate("match", true) : undefined;
  }

  begin(step: number, now: number): void {
    this.#step = step;
    this.#now = now;
  }

  /** The number of findings. */
  evaluate(by: Evaluation["by"], all: boolean): number {
    const found: Found[] = [];
    do {
      const finding = this.engine.evaluate(this.#now);
      if (finding === undefined) break;
      found.push(summary(finding));
      if (this.#retires) this.engine.retire(finding.rule);
    } while (all);
    this.evaluations.push({ step: this.#step, by, found });
    return found.length;
  }
}

function summary({ rule, matches, firstMatch, lastMatch, context }: Finding): Found {
  return {
    rule: rule.id,
    matches,
    first: firstMatch.number,
    last: lastMatch.number,
    context: shown(context.lines),
    omitted: context.omitted,
    matchIndex: context.matchIndex,
  };
}
