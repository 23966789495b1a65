import type { Line } from "./line.ts";
import type { Rule } from "./rule.ts";
import type { TracebackRole } from "./traceback.ts";

/** Tells, line by line, where in the line a rule's sign stands. */
export interface Detector {
  readonly rule: Rule;
  /** Index of the match in `line.text`, or -1. Every line must be shown, in order of arrival. */
  find(line: Line, role: TracebackRole): number;
}

/** @throws {SyntaxError} if a pattern of the rule is not a regular expression. */
export function createDetector(rule: Rule): Detector {
  const matcher = rule.matcher;
  switch (matcher.kind) {
    case "pattern":
      return new PatternDetector(rule, compile(rule, matcher.pattern));
    case "sequence":
      return new SequenceDetector(
        rule,
        compile(rule, matcher.first),
        compile(rule, matcher.then),
        matcher.within,
      );
    case "traceback":
      // Whole tracebacks reach the rule through the tracker (monitor.ts), not line by line.
      return { rule, find: () => -1 };
  }
}

function compile(rule: Rule, pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*: /, "") : String(error);
    throw new SyntaxError(`rule ${rule.id}: pattern /${pattern}/ is not valid: ${reason}`);
  }
}

class PatternDetector implements Detector {
  constructor(readonly rule: Rule, readonly pattern: RegExp) {}

  find(line: Line, role: TracebackRole): number {
    if (role === "body" && this.rule.skipTracebackBody) return -1;
    return line.text.search(this.pattern);
  }
}

class SequenceDetector implements Detector {
  #firstAt = -Infinity;

  constructor(
    readonly rule: Rule,
    readonly first: RegExp,
    readonly then: RegExp,
    readonly within: number,
  ) {}

  find(line: Line): number {
    const index = line.number - this.#firstAt <= this.within ? line.text.search(this.then) : -1;
    if (this.first.test(line.text)) this.#firstAt = line.number;
    return index;
  }
}
