import type { Line } from "./line.ts";
import { normalize } from "./normalize.ts";
import {
  BARE,
  CHAIN,
  EXCEPTION,
  FRAME,
  GAVE_UP,
  GROUP,
  HEADER,
  isOrderly,
  SPEAKING_NAME,
  STATUS_FIELD,
  withoutPrefix,
} from "./traceback_forms.ts";

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
  /** A rule has found its own sign in one of its exceptions. */
  readonly explained: boolean;
}

/** A raised traceback is complete when its stream stays silent this long, in ms. */
export const SETTLE_MS = 50;

const HEAD_LINES = 200;
const TAIL_LINES = 200;
/** Other threads' lines that may stand between two frames before the traceback is given up. */
const MAX_INTERLEAVED = 20;

type State =
  | { phase: "none" }
  | { phase: "frames"; prefix: string; framed: boolean; interleaved: number }
  | { phase: "raised"; prefix: string; chained: boolean; bare: boolean };

/**
 * Follows one stream and joins the lines of a Python traceback: frames of any depth, lines of other
 * threads in between, a prefix before every line (`wandb: ERROR `), and chained exceptions.
 */
export class TracebackTracker {
  readonly #completed: (traceback: Traceback | undefined) => void;
  #state: State = { phase: "none" };
  #head: Line[] = [];
  #tail: Line[] = [];
  #omitted = 0;
  #exception: Line | undefined;
  /** The traceback up to that exception. */
  #raised: Omit<Traceback, "explained"> | undefined;
  #explained = false;
  #dismissed = false;
  #lastAt = 0;

  /**
   * `completed` is called for each block once it can't grow any more: with the traceback, or with
   * nothing where an exception stood without one, or was an orderly exit.
   */
  constructor(completed: (traceback: Traceback | undefined) => void) {
    this.#completed = completed;
  }

  /** The lines so far of the traceback that the last observed line belongs to. */
  get open(): Pick<Traceback, "lines" | "omitted"> | undefined {
    if (this.#state.phase === "none") return undefined;
    const omitted = this.#omitted === 0 ? undefined : { count: this.#omitted, before: HEAD_LINES };
    return { lines: [...this.#head, ...this.#tail], omitted };
  }

  /** No traceback is open: only a line that begins one means anything. */
  get idle(): boolean {
    return this.#state.phase === "none";
  }

  /** Notes that the traceback that has just begun was announced as dealt with. */
  dismiss(): void {
    this.#dismissed = true;
  }

  /** Notes that a rule has found its own sign in the exception just observed. */
  explain(): void {
    this.#explained = true;
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
    return role === "exception" && this.#dismissed ? "body" : role;
  }

  /** Completes a raised traceback that has been quiet for `SETTLE_MS` at `now`. */
  settle(now: number): void {
    const due = this.settlesAt;
    if (due !== undefined && now >= due) this.flush();
  }

  /** Completes a traceback that has an exception and drops one that has none: the stream ended. */
  flush(): void {
    const raised = this.#raised;
    const explained = this.#explained;
    const dismissed = this.#dismissed;
    const state = this.#state;
    this.#state = { phase: "none" };
    this.#head = [];
    this.#tail = [];
    this.#omitted = 0;
    this.#exception = undefined;
    this.#raised = undefined;
    this.#explained = false;
    this.#dismissed = false;
    if (raised === undefined || state.phase === "none") return;
    const bare = state.phase === "raised" && state.bare;
    const orderly = isOrderly(withoutPrefix(raised.exception.text, state.prefix));
    this.#completed(bare || orderly || dismissed ? undefined : { ...raised, explained });
  }

  #classify(line: Line): TracebackRole {
    const state = this.#state;
    if (state.phase === "none") return this.#begin(line);
    const text = withoutPrefix(line.text, state.prefix);
    // A doctest shows what would be raised.
    if (state.phase === "frames" && text.trim() === "...") this.#state = { phase: "none" };
    if (state.phase === "frames") {
      // A new first header before any exception: the old traceback was cut off.
      if (HEADER.test(text)) return this.#exception === undefined ? this.#begin(line) : "body";
      if (text.trim() === "" || /^[\s\u2502\u2570]/.test(text)) {
        state.framed = true;
        state.interleaved = 0;
        return "body";
      }
      if (EXCEPTION.test(text) && (state.framed || SPEAKING_NAME.test(text))) {
        this.#state = { phase: "raised", prefix: state.prefix, chained: false, bare: false };
        this.#exception = line;
        // The retries that were announced have been in vain.
        if (GAVE_UP.test(text)) this.#dismissed = false;
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
    if (GROUP.test(state.prefix) && EXCEPTION.test(text) && text !== line.text) return "exception";
    if ((state.chained && HEADER.test(text)) || FRAME.test(text)) {
      this.#state = { phase: "frames", prefix: state.prefix, framed: true, interleaved: 0 };
      return "body";
    }
    // Messages of several lines are indented (grpc) and belong to the exception.
    if ((/^\s/.test(text) || STATUS_FIELD.test(text)) && !state.chained) return "exception";
    this.flush();
    return this.#begin(line);
  }

  #begin(line: Line): TracebackRole {
    this.flush();
    // Nearly every line of a run comes here: the cheap tests first.
    const header = line.text.includes("Traceback") ? HEADER.exec(line.text) : null;
    if (header === null) {
      return line.text.trimEnd().endsWith(":") ? this.#beginBare(line) : "outside";
    }
    const prefix = line.text.slice(0, header.index);
    this.#state = { phase: "frames", prefix, framed: false, interleaved: 0 };
    return "header";
  }

  #beginBare(line: Line): TracebackRole {
    const { text } = normalize(line.text);
    if (!BARE.test(text)) return "outside";
    const prefix = line.text.trimEnd().slice(0, -text.length);
    this.#state = { phase: "raised", prefix, chained: false, bare: true };
    this.#exception = line;
    return "exception";
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
