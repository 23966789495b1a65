import { explainLine, factsOf } from "../explain.ts";
import { cutLines, type LineSieve } from "../scan/line_sieve.ts";
import { TracebackTracker } from "../traceback.ts";
import type { TracebackRole } from "../traceback.ts";
import { LineCutter, type Piece } from "./line_cutter.ts";
import { LogScan, type ScanOptions } from "./log_scan.ts";

/** What a rule makes of one line. */
export interface RuleExplanation {
  readonly rule: string;
  /** A run would have had a finding of it there. */
  readonly fired: boolean;
  readonly why: string;
}

export interface LineExplanation {
  readonly line: number;
  /** As matching sees it; of a redrawn progress bar the last state that says something. */
  readonly text: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly rules: readonly RuleExplanation[];
}

/** Lines read past the one in question: a traceback names its exception only when it is over. */
const LOOK_AHEAD = 1000;

/** Reads a log up to a line and a little further, to say what is seen there. */
export class LineExplainer {
  readonly #wanted: number;
  readonly #options: ScanOptions;
  readonly #scan: LogScan;
  readonly #cutter: LineCutter;
  readonly #splitter: LineSieve;
  readonly #tracker = new TracebackTracker(() => {});
  readonly #fired = new Set<string>();
  #line = 1;
  #number = 0;
  #seen: { text: string; role: TracebackRole } | undefined;

  /** `wanted` is a line of the file, from 1. */
  constructor(wanted: number, options: ScanOptions) {
    this.#wanted = wanted;
    this.#options = options;
    this.#scan = new LogScan({
      ...options,
      onFinding: (finding, line) => {
        if (line === wanted) this.#fired.add(finding.rule.id);
      },
    });
    this.#splitter = cutLines((text) => this.#observe(text));
    this.#cutter = new LineCutter((piece) => this.#take(piece), () => {});
  }

  /** All that the explanation needs has been read. */
  get done(): boolean {
    return this.#line > this.#wanted + LOOK_AHEAD;
  }

  /** Lines of the file read so far, once it has ended. */
  get lines(): number {
    return this.#scan.lines;
  }

  push(chunk: Uint8Array): void {
    this.#cutter.push(chunk);
    this.#scan.push(chunk);
  }

  end(): void {
    this.#cutter.end();
    this.#scan.end();
  }

  /** `undefined` if the log has no such line. */
  get explanation(): LineExplanation | undefined {
    if (this.#seen === undefined) return undefined;
    const { text, role } = this.#seen;
    return {
      line: this.#wanted,
      text,
      facts: factsOf(text, role),
      // A saved log doesn't tell the streams apart.
      rules: this.#options.rules.map(({ streams: _, ...rule }) => ({
        rule: rule.id,
        fired: this.#fired.has(rule.id),
        why: explainLine(text, rule, role),
      })),
    };
  }

  #take({ bytes, start, end, ends }: Piece): void {
    // What comes much later can't be needed any more.
    if (this.#line <= this.#wanted) this.#splitter.push(bytes.subarray(start, end));
    if (!ends) return;
    // The file's last line may have no line feed.
    this.#splitter.flush();
    this.#line++;
  }

  #observe(text: string): void {
    const line = { number: ++this.#number, stream: "stdout" as const, text, at: 0 };
    const role = this.#tracker.observe(line);
    if (this.#line !== this.#wanted) return;
    if (this.#seen === undefined || text.trim() !== "") this.#seen = { text, role };
  }
}
