import { createDetector, type Detector } from "../../src/core/detector.ts";
import { announcesHandled } from "../../src/core/dismissal.ts";
import type { Context, Finding } from "../../src/core/finding.ts";
import type { Line, StreamName } from "../../src/core/line.ts";
import type { MonitorOptions } from "../../src/core/monitor.ts";
import type { Rule } from "../../src/core/rule.ts";
import { EchoBlock } from "../../src/core/echo_block.ts";
import { Statement } from "../../src/core/statement.ts";
import { TestSession } from "../../src/core/test_session.ts";
import { type Traceback, TracebackTracker } from "../../src/core/traceback.ts";
import { isOrderly } from "../../src/core/traceback_forms.ts";
import { RuleHistory } from "./reference_history.ts";

/** A line that is always read whole: no cheap look beforehand says that it has nothing to say. */
export class EagerStatement extends Statement {
  override get mayHaveStatus(): boolean {
    return true;
  }
}

/**
 * The engine as its documentation describes it, in the plainest way: it keeps every line and shows
 * every line to every rule. Slow, and only here to be compared with.
 */
export class Reference {
  readonly #options: MonitorOptions;
  readonly #watched: { history: RuleHistory; detector: Detector }[];
  readonly #retired = new Set<Rule>();
  readonly #lines: Line[] = [];
  readonly #streams: Record<StreamName, Stream>;
  #now = 0;

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#watched = options.rules.map((rule) => ({
      history: new RuleHistory(rule),
      detector: createDetector(rule),
    }));
    this.#streams = { stdout: this.#stream(), stderr: this.#stream() };
  }

  observe(line: Line): void {
    this.#now = line.at;
    const { session, echo, tracker } = this.#streams[line.stream];
    // Lines of a test session and of a printed value are about errors, and state none.
    const quiet = [session.observe(line.text), echo.observe(line.text)].includes(true);
    const role = quiet ? "body" : tracker.observe(line);
    const previous = this.#lines.findLast(({ stream }) => stream === line.stream);
    this.#lines.push(line);
    const statement = new EagerStatement(line, role, () => previous);
    if (role === "header" && previous !== undefined) {
      const before = new EagerStatement(previous, "outside");
      if (announcesHandled(before.text, before.level)) tracker.dismiss();
    }
    const block = quiet || role === "outside" ? undefined : tracker.open;
    const matched: Rule[] = [];
    for (const { history, detector } of this.#watched) {
      const index = detector.find(statement);
      if (index === -1) history.other(line);
      else {
        matched.push(history.rule);
        history.match(line, this.#context(index, block));
      }
    }
    const named = matched.some(names);
    if (named && role === "exception") tracker.explain();
    const printed = statement.printedException !== undefined &&
      statement.dismissal === undefined && !isOrderly(statement.text);
    if (printed && !named) matched.push(...this.#matchTraceback(line, undefined));
    // A retired rule still names what it recognises, but reports it no more.
    if (matched.every((rule) => this.#retired.has(rule))) return;
    // What follows in the block may name a cause that comes first in list order.
    if (role === "exception") this.#streams[line.stream].matchedInBlock = true;
    else this.#options.onMatch?.();
  }

  end(stream: StreamName, now: number): void {
    this.#now = now;
    this.#streams[stream].tracker.flush();
  }

  evaluate(now: number): Finding | undefined {
    if (now !== Infinity) this.#now = now;
    for (const { tracker } of Object.values(this.#streams)) tracker.settle(this.#now);
    for (const { history } of this.#watched) {
      const finding = history.take(now);
      if (finding !== undefined && !this.#retired.has(history.rule)) return finding;
    }
    return undefined;
  }

  retire(rule: Rule): void {
    this.#retired.add(rule);
  }

  #stream(): Stream {
    const stream: Stream = {
      session: new TestSession(),
      echo: new EchoBlock(),
      matchedInBlock: false,
      tracker: new TracebackTracker((traceback) => {
        const wanted = traceback !== undefined && !traceback.explained;
        const matched = wanted ? this.#matchTraceback(traceback.exception, traceback) : [];
        const reported = matched.filter((rule) => !this.#retired.has(rule));
        const evaluates = reported.length > 0 || stream.matchedInBlock;
        stream.matchedInBlock = false;
        if (evaluates) this.#options.onMatch?.();
      }),
    };
    return stream;
  }

  /** Notes a match for the rules that ask for tracebacks, and says which. */
  #matchTraceback(line: Line, block: Block | undefined): Rule[] {
    const askers = this.#watched.filter(({ history: { rule }, detector }) =>
      rule.matcher.kind === "traceback" && !detector.rejects(line) &&
      (rule.streams ?? [line.stream]).includes(line.stream)
    );
    for (const { history } of askers) history.match(line, this.#context(0, block));
    return askers.map(({ history }) => history.rule);
  }

  #context(matchIndex: number, block: Block | undefined): Context {
    const held = this.#lines.slice(-this.#options.bufferLines);
    const size = this.#options.contextLines + 1;
    if (block === undefined) return { lines: held.slice(-size), omitted: undefined, matchIndex };
    const before = held.filter(({ number }) => number < block.lines[0]!.number);
    const missing = Math.max(0, size - block.lines.length);
    const shown = before.slice(Math.max(0, before.length - missing));
    const omitted = block.omitted &&
      { count: block.omitted.count, before: shown.length + block.omitted.before };
    return { lines: [...shown, ...block.lines], omitted, matchIndex };
  }
}

type Block = Pick<Traceback, "lines" | "omitted">;

interface Stream {
  readonly session: TestSession;
  readonly echo: EchoBlock;
  readonly tracker: TracebackTracker;
  matchedInBlock: boolean;
}

/** A rule that is met by one line, or that tests facts, says what an exception is about. */
function names(rule: Rule): boolean {
  return rule.threshold === 1 || rule.matcher.kind === "facts";
}
