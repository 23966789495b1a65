import { dismiss, type Dismissal } from "./dismissal.ts";
import { mayHaveStatus } from "./fact_forms.ts";
import { extractFacts, type Facts, toolsOf } from "./facts.ts";
import { type JsonLine, parseJsonLine } from "./json_line.ts";
import { isErrorLevel, type Level } from "./level.ts";
import type { Line } from "./line.ts";
import { normalize, type Normalized } from "./normalize.ts";
import { BY_HTTP, BY_NAME } from "./status.ts";
import type { TracebackRole } from "./traceback.ts";

/**
 * One line as the rules see it. All that is expensive is worked out at most once, and only when a
 * rule asks for it.
 */
export class Statement {
  readonly line: Line;
  readonly role: TracebackRole;
  readonly #previous: () => Line | undefined;
  #normalized: Normalized | undefined;
  #json: JsonLine | null | undefined;
  #text: string | undefined;
  #facts: Facts | undefined;
  #tools: ReadonlySet<string> | undefined;
  #mayHaveStatus: boolean | undefined;
  #dismissal: Dismissal | null | undefined;

  /** `previous` gives the line before it on its stream, which few lines are asked about. */
  constructor(
    line: Line,
    role: TracebackRole,
    previous: () => Line | undefined = () => undefined,
  ) {
    this.line = line;
    this.role = role;
    this.#previous = previous;
  }

  /** The message without prefixes and envelope; of a printed traceback its exception. */
  get text(): string {
    return this.#text ??= this.#message();
  }

  /** The traceback that stands in a JSON line; `undefined` without one. */
  get printedException(): string | undefined {
    const { exception, message } = this.json ?? {};
    return [exception, message].find((text) => text?.includes("Traceback (most recent call last)"));
  }

  get level(): Level | undefined {
    const { level, message } = this.json ?? {};
    return level ?? (message === undefined ? this.#plain.level : normalize(message).level);
  }

  get json(): JsonLine | undefined {
    if (this.#json === undefined) this.#json = parseJsonLine(this.#plain.text) ?? null;
    return this.#json ?? undefined;
  }

  /** False only where `facts` can have neither a status nor an HTTP code; cheap. */
  get mayHaveStatus(): boolean {
    return this.#mayHaveStatus ??= mayHaveStatus(this.line.text);
  }

  get facts(): Facts {
    return this.#facts ??= this.#extract();
  }

  /** The tools that speak in the line. */
  get tools(): ReadonlySet<string> {
    if (this.#tools === undefined) {
      const tools = toolsOf(this.text);
      if (this.#plain.wandb) tools.add("wandb");
      this.#tools = tools;
    }
    return this.#tools;
  }

  /** Why the line states no error in spite of its words; the exception of a traceback always does. */
  get dismissal(): Dismissal | undefined {
    if (this.#dismissal === undefined) {
      this.#dismissal = this.role === "exception" ? null : this.#dismiss() ?? null;
    }
    return this.#dismissal ?? undefined;
  }

  #dismiss(): Dismissal | undefined {
    const code = LISTED_CODE.exec(this.line.text)?.[1];
    const before = code && LISTED_CODE.exec(this.#previous()?.text ?? "")?.[1];
    if (before && code !== before) {
      return { reason: "it is one of a list of codes", soft: false };
    }
    return dismiss(this.text, this.level);
  }

  #message(): string {
    const printed = this.printedException;
    if (printed !== undefined) return lastException(printed) ?? printed;
    if (this.json === undefined) return this.#plain.text;
    // A record of data says nothing, whatever its fields hold.
    const { message, exception, reason } = this.json;
    const said = [message && normalize(message).text, exception, reason].filter((text) =>
      text !== undefined
    );
    return said.join(": ");
  }

  get #plain(): Normalized {
    return this.#normalized ??= normalize(this.line.text);
  }

  #extract(): Facts {
    const found = extractFacts(this.text, isErrorLevel(this.level) || this.role === "exception");
    return this.json === undefined ? found : withErrorBody(found, this.json);
  }
}

/** `404 Not Found` below `403 Forbidden`: a table of what there is. */
const LISTED_CODE = /^(\d{3}) [A-Z]/;

/** `code`, `status` and `type` of an error body or a logger's fields. */
function withErrorBody(facts: Facts, { error }: JsonLine): Facts {
  const status = new Set(facts.status);
  const http = new Set(facts.http);
  for (const field of [error.status, error.type, error.reason, error.code]) {
    const name = typeof field === "string" ? BY_NAME.get(field) : undefined;
    if (name !== undefined) status.add(name);
  }
  for (const field of [error.code, error.status, error.status_code, error.http_status]) {
    const code = Number(field);
    if (Number.isInteger(code) && code >= 400 && code < 600) http.add(code);
  }
  const explicit = status.size > 0;
  for (const code of explicit ? [] : http) {
    const mapped = BY_HTTP.get(code);
    if (mapped !== undefined) status.add(mapped);
  }
  return { ...facts, status, http };
}

/** The last line of a printed traceback that isn't indented: the exception. */
function lastException(text: string): string | undefined {
  return text.trimEnd().split("\n").findLast((line) => /^\S/.test(line));
}
