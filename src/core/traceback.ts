import type { Line } from "./line.ts";

/** What a line is to the traceback it stands in; `outside` where it stands in none. */
export type TracebackRole = "outside" | "header" | "body" | "exception";

/** A Python traceback from its first line to its exception, chained ones as one. */
export interface Traceback {
  /** The first `HEAD_LINES` lines and the newest `TAIL_LINES` after them. */
  readonly lines: readonly Line[];
  /** How many lines were left out between the two, and before which index of `lines`. */
  readonly omitted: { readonly count: number; readonly before: number } | undefined;
  /** The last line that names an exception. */
  readonly exception: Line;
}

/** A raised traceback is complete when its stream stays silent this long, in ms. */
export const SETTLE_MS = 50;

const HEAD_LINES = 200;
const TAIL_LINES = 200;
/** Other threads' lines that may stand between two frames before the traceback is given up. */
const MAX_INTERLEAVED = 20;

const HEADER = /Traceback \(most recent call last\)/;
/** Between two of these another thread's line may have looked like the exception. */
const FRAME = /^ {2}File "/;
const CHAIN =
  /^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):$/;
// A class name, dotted or in CamelCase, alone or with its message; `INFO: ready` is none.
const EXCEPTION =
  /^(?:(?:(?:[A-Za-z_]\w*|<locals>)\.)+[A-Za-z_]\w*|[A-Z]\w*[a-z]\w*)(?::(?:\s|$)|$)/;
/** Says by its name that it is one: enough even where no frame stands before it. */
const SPEAKING_NAME = /^[\w.]*(?:Error|Exception)\b/;
/** A user's Ctrl-C and a program's own orderly exit print a traceback, but aren't failures. */
const ORDERLY = /^(?:KeyboardInterrupt|SystemExit)(?::\s*0)?\s*$/;

type State =
  | { phase: "none" }
  | { phase: "frames"; prefix: string; framed: boolean; interleaved: number }
  | { phase: "raised"; prefix: string; chained: boolean };

/**
 * Follows one stream and joins the lines of a Python traceback: frames of any depth, lines of other
 * threads in between, a prefix before every line (`wandb: ERROR `), and chained exceptions.
 */
export class TracebackTracker {
  readonly #completed: (traceback: Traceback) => void;
  #state: State = { phase: "none" };
  #head: Line[] = [];
  #tail: Line[] = [];
  #omitted = 0;
  #exception: Line | undefined;
  /** The traceback up to that exception. */
  #raised: Traceback | undefined;
  #lastAt = 0;

  /** `completed` gets each traceback once it can't grow any more, orderly exits excepted. */
  constructor(completed: (traceback: Traceback) => void) {
    this.#completed = completed;
  }

  /** The lines so far of the traceback that the last observed line belongs to. */
  get open(): Pick<Traceback, "lines" | "omitted"> | undefined {
    if (this.#state.phase === "none") return undefined;
    const omitted = this.#omitted === 0 ? undefined : { count: this.#omitted, before: HEAD_LINES };
    return { lines: [...this.#head, ...this.#tail], omitted };
  }

  /** When `settle` will complete the open traceback, in ms; `undefined` while it has no exception. */
  get settlesAt(): number | undefined {
    return this.#exception === undefined ? undefined : this.#lastAt + SETTLE_MS;
  }

  observe(line: Line): TracebackRole {
    const role = this.#classify(line);
    if (role === "outside") return role;
    this.#lastAt = line.at;
    this.#keep(line);
    // What follows the exception must not push it out.
    if (line === this.#exception) this.#raised = { ...this.open!, exception: line };
    return role;
  }

  /** Completes a raised traceback that has been quiet for `SETTLE_MS` at `now`. */
  settle(now: number): void {
    const due = this.settlesAt;
    if (due !== undefined && now >= due) this.flush();
  }

  /** Completes a traceback that has an exception and drops one that has none: the stream ended. */
  flush(): void {
    const raised = this.#raised;
    const prefix = this.#state.phase === "none" ? "" : this.#state.prefix;
    this.#state = { phase: "none" };
    this.#head = [];
    this.#tail = [];
    this.#omitted = 0;
    this.#exception = undefined;
    this.#raised = undefined;
    if (raised === undefined || ORDERLY.test(withoutPrefix(raised.exception.text, prefix))) return;
    this.#completed(raised);
  }

  #classify(line: Line): TracebackRole {
    const state = this.#state;
    if (state.phase === "none") return this.#begin(line);
    const text = withoutPrefix(line.text, state.prefix);
    if (state.phase === "frames") {
      // A new first header before any exception: the old traceback was cut off.
      if (HEADER.test(text)) return this.#exception === undefined ? this.#begin(line) : "body";
      if (text.trim() === "" || /^\s/.test(text)) {
        state.framed = true;
        state.interleaved = 0;
        return "body";
      }
      if (EXCEPTION.test(text) && (state.framed || SPEAKING_NAME.test(text))) {
        this.#state = { phase: "raised", prefix: state.prefix, chained: false };
        this.#exception = line;
        return "exception";
      }
      if (++state.interleaved > MAX_INTERLEAVED) this.flush();
      return "outside";
    }
    if (CHAIN.test(text)) {
      state.chained = true;
      return "body";
    }
    if (text.trim() === "") return "body";
    if ((state.chained && HEADER.test(text)) || FRAME.test(text)) {
      this.#state = { phase: "frames", prefix: state.prefix, framed: true, interleaved: 0 };
      return "body";
    }
    // Messages of several lines are indented (grpc) and belong to the exception.
    if (/^\s/.test(text) && !state.chained) return "exception";
    this.flush();
    return this.#begin(line);
  }

  #begin(line: Line): TracebackRole {
    this.flush();
    const header = HEADER.exec(line.text);
    if (header === null) return "outside";
    const prefix = line.text.slice(0, header.index);
    this.#state = { phase: "frames", prefix, framed: false, interleaved: 0 };
    return "header";
  }

  #keep(line: Line): void {
    if (this.#head.length < HEAD_LINES) this.#head.push(line);
    else {
      this.#tail.push(line);
      if (this.#tail.length > TAIL_LINES) {
        this.#tail.shift();
        this.#omitted++;
      }
    }
  }
}

function withoutPrefix(text: string, prefix: string): string {
  if (text.startsWith(prefix)) return text.slice(prefix.length);
  return text === prefix.trimEnd() ? "" : text;
}
