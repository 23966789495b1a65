import { announcesHandled } from "./dismissal.ts";
import { EchoBlock } from "./echo_block.ts";
import type { Line } from "./line.ts";
import { LineSieve, type SieveOptions } from "./scan/line_sieve.ts";
import { PassedLines } from "./scan/passed_lines.ts";
import { Statement } from "./statement.ts";
import { TestSession } from "./test_session.ts";
import { type Traceback, TracebackTracker } from "./traceback.ts";

/** What is followed on one of the child's streams, from line to line. */
export class Stream {
  readonly sieve: LineSieve;
  readonly tracker: TracebackTracker;
  /** The line before, or lines of which it is the last. */
  previous: Line | PassedLines | undefined;
  /** A rule has matched an exception of the traceback that is still open. */
  matchedInBlock = false;
  readonly #session = new TestSession();
  readonly #echo = new EchoBlock();

  /** `completed` as for the TracebackTracker. */
  constructor(sieve: SieveOptions, completed: (traceback: Traceback | undefined) => void) {
    this.sieve = new LineSieve(sieve);
    this.tracker = new TracebackTracker(completed);
  }

  /** The stream is in no block: a line means something only by what stands in it. */
  get idle(): boolean {
    return this.tracker.idle && this.#session.idle && this.#echo.idle;
  }

  /**
   * Puts the line into its place among those before it. In a test session and in a printed value
   * every line may be about errors, and none states one: these are `quiet`.
   */
  place(line: Line): { statement: Statement; quiet: boolean } {
    const tested = this.#session.observe(line.text);
    const quiet = this.#echo.observe(line.text) || tested;
    const role = quiet ? "body" : this.tracker.observe(line);
    const { previous } = this;
    // Cutting it out of those that have passed takes longer than all else here.
    const before = () => previous instanceof PassedLines ? previous.last(1)[0] : previous;
    if (role === "header" && announcesHandling(before())) this.tracker.dismiss();
    return { statement: new Statement(line, role, before), quiet };
  }
}

/** Whether the traceback below this line has been dealt with. */
function announcesHandling(line: Line | undefined): boolean {
  if (line === undefined) return false;
  const { text, level } = new Statement(line, "outside");
  return announcesHandled(text, level);
}
