import { announcesHandled } from "./dismissal.ts";
import { createDetector, type Detector } from "./detector.ts";
import { EchoBlock } from "./echo_block.ts";
import { CODE_FIRST } from "./fact_forms.ts";
import type { Context, Finding } from "./finding.ts";
import type { Line, StreamName } from "./line.ts";
import { LineSplitter } from "./line_splitter.ts";
import { LiteralScanner } from "./literal_scanner.ts";
import { RingBuffer } from "./ring_buffer.ts";
import type { Rule } from "./rule.ts";
import { Statement } from "./statement.ts";
import { type Traceback, TracebackTracker } from "./traceback.ts";
import { isOrderly } from "./traceback_forms.ts";
import { TestSession } from "./test_session.ts";
import { Watch } from "./watch.ts";

export interface MonitorOptions {
  /** In list order: the first one met wins. */
  readonly rules: readonly Rule[];
  /** Capacity of the ring buffer, in lines. */
  readonly bufferLines: number;
  /** Lines shown before the matching one. */
  readonly contextLines: number;
  /** Called after each line that matched a rule: `--interval 0` evaluates there. */
  readonly onMatch?: (() => void) | undefined;
}

/**
 * Bytes in, findings out. Lines are matched as they arrive, so that no match can be missed however
 * many lines come between two evaluations; `evaluate` says whether a rule was met since the last.
 */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #watches: { watch: Watch; detector: Detector; retired: boolean }[];
  /** Finds something in every line that a rule with hints can match. */
  readonly #hint: LiteralScanner;
  readonly #readsStatus: boolean;
  readonly #recent: RingBuffer<Line>;
  readonly #splitters: Record<StreamName, LineSplitter>;
  readonly #tracebacks: Record<StreamName, TracebackTracker>;
  readonly #sessions: Record<StreamName, TestSession> = {
    stdout: new TestSession(),
    stderr: new TestSession(),
  };
  readonly #echoes: Record<StreamName, EchoBlock> = {
    stdout: new EchoBlock(),
    stderr: new EchoBlock(),
  };
  readonly #previous: Partial<Record<StreamName, Statement>> = {};
  #lineNumber = 0;
  readonly #matchedInBlock: Record<StreamName, boolean> = { stdout: false, stderr: false };
  #now = 0;

  /** @throws {SyntaxError} if a rule's pattern is not a regular expression. */
  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#recent = new RingBuffer(options.bufferLines);
    this.#watches = options.rules.map((rule) => ({
      watch: new Watch(rule),
      detector: createDetector(rule),
      retired: false,
    }));
    const hints = new Set(this.#watches.flatMap(({ detector }) => detector.hints));
    this.#hint = new LiteralScanner([...hints]);
    this.#readsStatus = this.#watches.some(({ detector }) => detector.readsStatus);
    const splitter = (stream: StreamName) =>
      new LineSplitter((text) =>
        this.#observe({ number: ++this.#lineNumber, stream, text, at: this.#now })
      );
    const tracker = (stream: StreamName) =>
      new TracebackTracker((traceback) => this.#observeTraceback(stream, traceback));
    this.#splitters = { stdout: splitter("stdout"), stderr: splitter("stderr") };
    this.#tracebacks = { stdout: tracker("stdout"), stderr: tracker("stderr") };
  }

  /** Lines seen so far. */
  get lines(): number {
    return this.#lineNumber;
  }

  /** Bytes of one stream, in order; `now` in ms on the monotonic clock. */
  push(stream: StreamName, bytes: Uint8Array, now: number): void {
    this.#now = now;
    this.#splitters[stream].push(bytes);
  }

  /** The stream has ended: its unfinished last line counts, and so does a traceback still open. */
  end(stream: StreamName, now: number): void {
    this.#now = now;
    this.#splitters[stream].flush();
    this.#tracebacks[stream].flush();
  }

  /**
   * The first rule in list order that was met since it was last returned; call again for the rest.
   * `now` in ms; Infinity at the very end, when no line can clear what waits for confirmation.
   */
  evaluate(now: number): Finding | undefined {
    this.#now = Number.isFinite(now) ? now : this.#now;
    for (const tracker of Object.values(this.#tracebacks)) tracker.settle(this.#now);
    for (const { watch, retired } of this.#watches) {
      const finding = watch.take(now);
      if (finding !== undefined && !retired) return finding;
    }
    return undefined;
  }

  /** When an evaluation will find something that it doesn't yet, in ms; else `undefined`. */
  get settlesAt(): number | undefined {
    const times = [
      ...Object.values(this.#tracebacks).map((tracker) => tracker.settlesAt),
      ...this.#watches.map(({ watch, retired }) =>
        watch.rule.confirmMs && !retired ? watch.dueAt : undefined
      ),
    ].filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Reports a rule no more: a dry run mentions each once. It still names what it recognises. */
  retire(rule: Rule): void {
    for (const entry of this.#watches) entry.retired ||= entry.watch.rule === rule;
  }

  #observe(line: Line): void {
    const tracker = this.#tracebacks[line.stream];
    const quiet = this.#isQuiet(line);
    const role = quiet ? "body" : tracker.observe(line);
    this.#recent.push(line);
    const previous = this.#previous[line.stream];
    const statement = new Statement(line, role, previous?.line);
    if (role === "header" && previous && announcesHandled(previous.text, previous.level)) {
      tracker.dismiss();
    }
    this.#previous[line.stream] = statement;
    let [matched, named] = [false, false];
    const hinted = this.#hint.test(line.text) ||
      (this.#readsStatus && CODE_FIRST.test(line.text));
    for (const { watch, detector, retired } of this.#watches) {
      const index = hinted || detector.hints.length === 0 ? detector.find(statement) : -1;
      if (index === -1) {
        watch.observe(line);
        continue;
      }
      matched ||= !retired;
      named ||= names(watch.rule);
      const open = quiet || role === "outside" ? undefined : tracker.open;
      watch.note(line, this.#context(index, open));
    }
    if (named && role === "exception") tracker.explain();
    if (!named && line.text.includes("Traceback")) {
      matched = this.#notePrinted(statement) || matched;
    }
    // The next lines of a block may name a cause that comes first in list order.
    if (matched && role === "exception") this.#matchedInBlock[line.stream] = true;
    else if (matched) this.#options.onMatch?.();
  }

  /** In a test session and in a printed value every line may be about errors, and none states one. */
  #isQuiet({ stream, text }: Line): boolean {
    const tested = this.#sessions[stream].observe(text);
    return this.#echoes[stream].observe(text) || tested;
  }

  /** A traceback inside of a JSON line that no other rule has named. */
  #notePrinted(statement: Statement): boolean {
    const { printedException, dismissal, text, line } = statement;
    if (printedException === undefined || (dismissal !== undefined) || isOrderly(text)) {
      return false;
    }
    let matched = false;
    for (const { watch, detector, retired } of this.#watches) {
      if (watch.rule.matcher.kind !== "traceback" || detector.rejects(line)) continue;
      matched ||= !retired;
      watch.note(line, this.#context(0, undefined));
    }
    return matched;
  }

  #observeTraceback(stream: StreamName, traceback: Traceback | undefined): void {
    let matched = this.#matchedInBlock[stream];
    this.#matchedInBlock[stream] = false;
    // Where another rule has named the cause, the exception is only what it travelled in.
    if (traceback !== undefined && !traceback.explained) {
      matched = this.#noteTraceback(traceback) || matched;
    }
    if (matched) this.#options.onMatch?.();
  }

  #noteTraceback(traceback: Traceback): boolean {
    let matched = false;
    for (const { watch, detector, retired } of this.#watches) {
      if (watch.rule.matcher.kind !== "traceback" || detector.rejects(traceback.exception)) {
        continue;
      }
      matched ||= !retired;
      watch.note(traceback.exception, this.#context(0, traceback));
    }
    return matched;
  }

  /** A traceback is shown whole, and at least `contextLines` before the match are shown. */
  #context(
    matchIndex: number,
    traceback: Pick<Traceback, "lines" | "omitted"> | undefined,
  ): Context {
    const shown = this.#options.contextLines + 1;
    if (traceback === undefined) {
      return { lines: this.#recent.last(shown), omitted: undefined, matchIndex };
    }
    const first = traceback.lines[0]!.number;
    const missing = Math.max(shown - traceback.lines.length, 0);
    const earlier = this.#recent.last(this.#recent.length).filter((l) => l.number < first);
    const before = missing === 0 ? [] : earlier.slice(-missing);
    const { omitted } = traceback;
    return {
      lines: [...before, ...traceback.lines],
      omitted: omitted && { count: omitted.count, before: before.length + omitted.before },
      matchIndex,
    };
  }
}

/** Whether a rule's match says what an exception is about; one that counts words doesn't. */
function names(rule: Rule): boolean {
  return rule.threshold === 1 || rule.matcher.kind === "facts";
}
