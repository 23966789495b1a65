import { contextOf } from "./context.ts";
import type { Finding } from "./finding.ts";
import type { Line, StreamName } from "./line.ts";
import type { Rule } from "./rule.ts";
import { createLineFilter, type LineFilter } from "./scan/line_filter.ts";
import type { LoadCode } from "./scan/machine_search.ts";
import { PassedLines } from "./scan/passed_lines.ts";
import { RecentLines } from "./scan/recent_lines.ts";
import type { Statement } from "./statement.ts";
import { Stream } from "./stream.ts";
import type { Traceback } from "./traceback.ts";
import { isOrderly } from "./traceback_forms.ts";
import { WatchList } from "./watch_list.ts";

export interface MonitorOptions {
  /** In list order: the first one met wins. */
  readonly rules: readonly Rule[];
  /** Capacity of the ring buffer, in lines. */
  readonly bufferLines: number;
  /** Lines shown before the matching one. */
  readonly contextLines: number;
  /** Called after each line that matched a rule: `--interval 0` evaluates there. */
  readonly onMatch?: (() => void) | undefined;
  /**
   * The time, in ms, of the line that begins at this index of the bytes pushed: for lines that don't
   * arrive now. Only asked for a line that is looked at; it may evaluate.
   */
  readonly timeOf?: ((index: number) => number) | undefined;
  /** Lets the filter use code of the processor's own. */
  readonly loadCode?: LoadCode | undefined;
  /** Smaller pieces are looked at line by line, in bytes; infinite for no filter at all. */
  readonly minFiltered?: number;
}

/**
 * Bytes in, findings out. Lines are matched as they arrive, so that no match can be missed however
 * many lines come between two evaluations; `evaluate` says whether a rule was met since the last.
 */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #watches: WatchList;
  #filter: LineFilter | undefined;
  readonly #recent: RecentLines;
  readonly #streams: Record<StreamName, Stream>;
  #lineNumber = 0;
  #now = 0;

  /** @throws {SyntaxError} if a rule's pattern is not a regular expression. */
  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#recent = new RecentLines(
      options.bufferLines,
      (lines) => Object.values(this.#streams).some(({ previous }) => previous === lines),
    );
    const shown = options.contextLines + 1;
    this.#watches = new WatchList(
      options.rules,
      (matchIndex, traceback) => contextOf(this.#recent, shown, matchIndex, traceback),
    );
    this.#streams = { stdout: this.#stream("stdout"), stderr: this.#stream("stderr") };
  }

  /** Bytes that lie here when they are pushed are looked through in place; once there is a filter. */
  get room(): Uint8Array<ArrayBuffer> | undefined {
    return this.#filter?.room;
  }

  /** Lines seen so far. */
  get lines(): number {
    return this.#lineNumber;
  }

  /**
   * Bytes of one stream, in order; they may be overwritten afterwards. `now` in ms on the monotonic
   * clock.
   */
  push(stream: StreamName, bytes: Uint8Array, now: number): void {
    this.#now = now;
    try {
      this.#streams[stream].sieve.push(bytes);
    } finally {
      this.#recent.settle();
    }
  }

  /** The stream has ended: its unfinished last line counts, and so does a traceback still open. */
  end(stream: StreamName, now: number): void {
    this.#now = now;
    this.#streams[stream].sieve.flush();
    this.#streams[stream].tracker.flush();
  }

  /**
   * The first rule in list order that was met since it was last returned; call again for the rest.
   * `now` in ms; Infinity at the very end, when no line can clear what waits for confirmation.
   */
  evaluate(now: number): Finding | undefined {
    this.#now = Number.isFinite(now) ? now : this.#now;
    for (const { tracker } of Object.values(this.#streams)) tracker.settle(this.#now);
    return this.#watches.take(now);
  }

  /** When an evaluation will find something that it doesn't yet, in ms; else `undefined`. */
  get settlesAt(): number | undefined {
    const times = this.#watches.dueTimes;
    for (const { tracker } of Object.values(this.#streams)) {
      if (tracker.settlesAt !== undefined) times.push(tracker.settlesAt);
    }
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Reports a rule no more: a dry run mentions each once. It still names what it recognises. */
  retire(rule: Rule): void {
    this.#watches.retire(rule);
  }

  /** Lets the rules be compiled that the first match would wait for, a little at each step. */
  warmUp(): Iterator<undefined> {
    return this.#watches.warmUp();
  }

  #stream(name: StreamName): Stream {
    return new Stream({
      minFiltered: this.#options.minFiltered,
      filter: () => this.#freshFilter(),
      mayPass: () => this.#mayPass(this.#streams[name]),
      concerns: (chunk, start, end) => this.#watches.index.mayConcern(chunk, start, end),
      line: (text, start) => this.#observe(text, name, start),
      passed: (chunk, start, end, base) => this.#pass(name, chunk, start, end, base),
    }, (traceback) => this.#observeTraceback(name, traceback));
  }

  #freshFilter(): LineFilter {
    // It is about to forget the chunk that passed lines may still lie in.
    this.#recent.settle();
    return this.#filter ??= createLineFilter(this.#watches.index.patterns, this.#options.loadCode);
  }

  /** Whether a line without any hint means nothing to anyone. */
  #mayPass(stream: Stream): boolean {
    return stream.idle && !this.#watches.index.readsAll &&
      !this.#watches.awaitsClearing(this.#lineNumber) &&
      // What is waiting for its time has to be told the time of every line.
      (this.#options.timeOf === undefined || this.settlesAt === undefined);
  }

  /** Lines without any hint, uncut: `observe` would do no more with each of them. */
  #pass(name: StreamName, chunk: Uint8Array, start: number, end: number, base: number): void {
    const filter = this.#filter!;
    const count = filter.lineEnds(start - base, end - base);
    this.#lineNumber += count;
    const lines = new PassedLines(
      { stream: name, at: this.#now, lastNumber: this.#lineNumber, count },
      (wanted) => chunk.subarray(base + filter.lastLines(start - base, end - base, wanted), end),
    );
    this.#streams[name].previous = lines;
    this.#recent.push(lines);
  }

  #observe(text: string, name: StreamName, start: number): void {
    const { timeOf } = this.#options;
    if (timeOf !== undefined) this.#now = timeOf(start);
    const line: Line = { number: ++this.#lineNumber, stream: name, text, at: this.#now };
    const stream = this.#streams[name];
    const hints = this.#watches.index.look(text);
    if (hints !== 0 || !this.#mayPass(stream)) this.#read(line, stream, hints);
    else this.#recent.push(line);
    stream.previous = line;
  }

  #read(line: Line, stream: Stream, hints: number): void {
    const { tracker } = stream;
    const { statement, quiet } = stream.place(line);
    const { role } = statement;
    this.#recent.push(line);
    const open = () => quiet || role === "outside" ? undefined : tracker.open;
    const { matched: stated, named } = this.#watches.read(statement, hints, open);
    if (named && role === "exception") tracker.explain();
    const printed = !named && line.text.includes("Traceback") && this.#readPrinted(statement);
    const matched = stated || printed;
    // The next lines of a block may name a cause that comes first in list order.
    if (matched && role === "exception") stream.matchedInBlock = true;
    else if (matched) this.#options.onMatch?.();
  }

  /** A traceback inside of a JSON line that no other rule has named. */
  #readPrinted({ printedException, dismissal, text, line }: Statement): boolean {
    if (printedException === undefined || dismissal !== undefined || isOrderly(text)) return false;
    return this.#watches.readException(line, undefined);
  }

  #observeTraceback(name: StreamName, traceback: Traceback | undefined): void {
    const stream = this.#streams[name];
    let matched = stream.matchedInBlock;
    stream.matchedInBlock = false;
    // Where another rule has named the cause, the exception is only what it travelled in.
    if (traceback !== undefined && !traceback.explained) {
      matched = this.#watches.readException(traceback.exception, traceback) || matched;
    }
    if (matched) this.#options.onMatch?.();
  }
}
