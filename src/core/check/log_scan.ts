import type { Finding } from "../finding.ts";
import { Monitor } from "../monitor.ts";
import type { Rule } from "../rule.ts";
import type { LoadCode } from "../scan/machine_search.ts";
import { LineCutter, type Piece } from "./line_cutter.ts";
import { LineMap } from "./line_map.ts";
import { LineTimes } from "./line_times.ts";
import { LogClock } from "./log_clock.ts";
import { sight, type Sighting } from "./sighting.ts";
import { TimestampReader } from "./timestamp_reader.ts";

/** A saved log doesn't tell the streams apart: all of it counts as one. */
const STREAM = "stdout";

export interface ScanOptions {
  readonly rules: readonly Rule[];
  readonly bufferLines: number;
  readonly contextLines: number;
  readonly loadCode?: LoadCode | undefined;
  /** Called at each rule's first finding, while the log is still being read. */
  readonly onSighting?: (sighting: Sighting) => void;
  /** Called at every finding, with the file's line of its newest match. */
  readonly onFinding?: (finding: Finding, line: number) => void;
}

/**
 * The engine of a run over a saved log: the same monitor, evaluated at once, in the log's own time.
 * Holds no more of the log than a chunk, whatever the log's size.
 */
export class LogScan {
  readonly #options: ScanOptions;
  readonly #monitor: Monitor;
  readonly #cutter: LineCutter;
  readonly #clock = new LogClock();
  readonly #timestamps = new TimestampReader();
  readonly #map = new LineMap();
  readonly #sightings = new Map<string, Sighting>();
  /** Where pieces lie that go to the monitor together; `undefined` for none. */
  #batch: Uint8Array | undefined;
  #batchStart = 0;
  #batchEnd = 0;
  /** The timestamps in the batch that the clock hasn't seen yet. */
  readonly #times = new LineTimes();
  #inPieces = false;
  #lines = 0;
  #trouble: string | undefined;

  /** @throws {SyntaxError} if a rule's pattern is not a regular expression. */
  constructor(options: ScanOptions) {
    this.#options = options;
    this.#monitor = new Monitor({
      ...options,
      rules: options.rules.map(({ streams: _, ...rule }) => rule),
      onMatch: () => this.#evaluate(this.#clock.now),
      timeOf: (index) => this.#advance(this.#batchStart + index),
    });
    this.#cutter = new LineCutter((piece) => this.#take(piece), () => this.#send());
  }

  /** Lines of the file so far; an unfinished one isn't counted before `end`. */
  get lines(): number {
    return this.#lines;
  }

  /** Each rule's first finding, in the order in which a run would have had them. */
  get sightings(): readonly Sighting[] {
    return [...this.#sightings.values()];
  }

  /** Why matching itself has failed on a line; `undefined` if it never has. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** The next bytes of the log, cut anywhere; they may be overwritten afterwards. */
  push(chunk: Uint8Array): void {
    this.#cutter.push(chunk);
  }

  /** The log has ended: its unfinished last line counts, and nothing can clear any more. */
  end(): void {
    this.#cutter.end();
    this.#guard(() => this.#monitor.end(STREAM, this.#clock.now));
    this.#evaluate(Infinity);
  }

  #take(piece: Piece): void {
    if (piece.begins) this.#begin(piece);
    if (this.#batch === undefined) {
      this.#batch = piece.bytes;
      this.#batchStart = piece.start;
    }
    this.#batchEnd = piece.end;
    if (piece.ends) this.#lines++;
  }

  #begin(piece: Piece): void {
    const inPieces = !piece.ends || piece.redrawn;
    if (inPieces || this.#inPieces) {
      this.#send();
      const from = this.#monitor.lines + 1;
      if (inPieces) this.#map.split(from, this.#lines + 1);
      else this.#map.resume(from, this.#lines + 1);
      this.#inPieces = inPieces;
    }
    const timestamp = this.#timestamps.read(piece.bytes, piece.start, piece.end);
    if (timestamp !== undefined) this.#times.add(piece.start, timestamp);
  }

  #send(): void {
    if (this.#batch === undefined) return;
    const bytes = this.#batch.subarray(this.#batchStart, this.#batchEnd);
    this.#guard(() => this.#monitor.push(STREAM, bytes, this.#clock.now));
    this.#advance(this.#batchEnd);
    this.#batch = undefined;
    this.#times.clear();
  }

  /** Sets the clock to the line at this index of the batch's bytes, and gives the time there. */
  #advance(index: number): number {
    let waiting = this.#monitor.settlesAt !== undefined;
    for (; this.#times.isDue(index); this.#times.shift()) {
      if (!this.#clock.isNews(this.#times.ms)) continue;
      this.#clock.observe(this.#times.timestamp);
      if (!waiting) continue;
      this.#evaluate(this.#clock.now);
      waiting = this.#monitor.settlesAt !== undefined;
    }
    return this.#clock.now;
  }

  #evaluate(now: number): void {
    this.#guard(() => {
      for (let finding; (finding = this.#monitor.evaluate(now)) !== undefined;) this.#note(finding);
    });
  }

  #note(finding: Finding): void {
    const { id } = finding.rule;
    this.#options.onFinding?.(finding, this.#map.fileLine(finding.lastMatch.number));
    const seen = this.#sightings.get(id);
    if (seen !== undefined) {
      this.#sightings.set(id, { ...seen, times: seen.times + 1, matches: finding.matches });
      return;
    }
    const sighting = sight(finding, this.#monitor.lines, this.#clock, this.#map);
    this.#sightings.set(id, sighting);
    this.#options.onSighting?.(sighting);
  }

  /** A regular expression can run out of stack; the rest of the log is looked at all the same. */
  #guard(detect: () => void): void {
    try {
      detect();
    } catch (error) {
      this.#trouble ??= error instanceof Error ? error.message : String(error);
    }
  }
}
