import { createDetector, type Detector } from "./detector.ts";
import type { Context, Finding } from "./finding.ts";
import type { Line, StreamName } from "./line.ts";
import { LineSplitter } from "./line_splitter.ts";
import { RingBuffer } from "./ring_buffer.ts";
import type { Rule } from "./rule.ts";
import { type Traceback, TracebackTracker } from "./traceback.ts";
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
  readonly #watches: { watch: Watch; detector: Detector }[];
  readonly #recent: RingBuffer<Line>;
  readonly #splitters: Record<StreamName, LineSplitter>;
  readonly #tracebacks: Record<StreamName, TracebackTracker>;
  #lineNumber = 0;
  #now = 0;

  /** @throws {SyntaxError} if a rule's pattern is not a regular expression. */
  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#recent = new RingBuffer(options.bufferLines);
    this.#watches = options.rules.map((rule) => ({
      watch: new Watch(rule),
      detector: createDetector(rule),
    }));
    const splitter = (stream: StreamName) =>
      new LineSplitter((text) =>
        this.#observe({ number: ++this.#lineNumber, stream, text, at: this.#now })
      );
    const tracker = () => new TracebackTracker((traceback) => this.#observeTraceback(traceback));
    this.#splitters = { stdout: splitter("stdout"), stderr: splitter("stderr") };
    this.#tracebacks = { stdout: tracker(), stderr: tracker() };
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

  /** The first rule in list order that was met since it was last returned; call again for the rest. */
  evaluate(now: number): Finding | undefined {
    this.#now = now;
    for (const tracker of Object.values(this.#tracebacks)) tracker.settle(now);
    for (const { watch } of this.#watches) {
      const finding = watch.take();
      if (finding !== undefined) return finding;
    }
    return undefined;
  }

  /** When an evaluation will find a traceback complete that isn't now, in ms; else `undefined`. */
  get settlesAt(): number | undefined {
    const times = Object.values(this.#tracebacks).map((tracker) => tracker.settlesAt)
      .filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Stops watching for a rule: a dry run reports each one once. */
  retire(rule: Rule): void {
    const index = this.#watches.findIndex(({ watch }) => watch.rule === rule);
    if (index !== -1) this.#watches.splice(index, 1);
  }

  #observe(line: Line): void {
    const tracker = this.#tracebacks[line.stream];
    const role = tracker.observe(line);
    this.#recent.push(line);
    let matched = false;
    for (const { watch, detector } of this.#watches) {
      const index = detector.find(line, role);
      if (index === -1) continue;
      matched = true;
      const open = role === "outside" ? undefined : tracker.open;
      watch.note(line, this.#context(index, open));
    }
    if (matched) this.#options.onMatch?.();
  }

  #observeTraceback(traceback: Traceback): void {
    let matched = false;
    for (const { watch } of this.#watches) {
      if (watch.rule.matcher.kind !== "traceback") continue;
      matched = true;
      watch.note(traceback.exception, this.#context(0, traceback));
    }
    if (matched) this.#options.onMatch?.();
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
