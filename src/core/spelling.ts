/** A text with its escapes undone, and where in the original each of its characters stood. */
export interface Spelling {
  readonly text: string;
  /** One more than `text` has characters: the last is the original's length. */
  readonly origin: readonly number[] | undefined;
}

/** Which character each short escape of JSON, JavaScript or Python means. */
const SHORT: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/**
 * The text as it is and with its escapes undone: those of JSON strings (also of JSON in JSON) and
 * of URLs (also encoded twice). What is undone from URLs is UTF-8, one character for each byte, as
 * `utf8` writes it.
 */
export function spellings(text: string): Spelling[] {
  const plain: Spelling = { text, origin: undefined };
  const unescaped = repeat(plain, "\\", undoBackslashes);
  return [...unescaped, ...unescaped.flatMap((one) => repeat(one, "%", undoPercents).slice(1))];
}

/** `text` in UTF-8, one character for each byte. */
export function utf8(text: string): string {
  // deno-lint-ignore no-control-regex
  return /^[\x00-\x7f]*$/.test(text)
    ? text
    : Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/** The spelling, and what at most two rounds of undoing make of it. */
function repeat(first: Spelling, sign: string, undo: (from: Spelling) => Spelling): Spelling[] {
  const all = [first];
  for (let last = first; all.length <= 2 && last.text.includes(sign); all.push(last)) {
    last = undo(last);
  }
  return all;
}

function undoBackslashes(from: Spelling): Spelling {
  const { text } = from;
  const parts = new Parts(from);
  for (let i = 0; i < text.length;) {
    const escape = text[i] === "\\" ? readEscape(text, i) : undefined;
    parts.add(escape?.text ?? text[i]!, i);
    i += escape?.length ?? 1;
  }
  return parts.spelling();
}

function readEscape(text: string, at: number): { text: string; length: number } | undefined {
  const kind = text[at + 1];
  if (kind === undefined) return undefined;
  const digits = kind === "u" ? 4 : kind === "x" ? 2 : 0;
  if (digits === 0) return { text: SHORT[kind] ?? kind, length: 2 };
  const code = hex(text, at + 2, digits);
  return code === undefined ? undefined : { text: String.fromCharCode(code), length: 2 + digits };
}

function undoPercents(from: Spelling): Spelling {
  const { text } = from;
  const parts = new Parts(from);
  for (let i = 0; i < text.length;) {
    const byte = text[i] === "%" ? hex(text, i + 1, 2) : undefined;
    if (byte !== undefined) {
      parts.add(String.fromCharCode(byte), i);
      i += 3;
    } else {
      const character = String.fromCodePoint(text.codePointAt(i)!);
      // What has been undone once is bytes already.
      parts.add(character.length > 1 || character > "\xff" ? utf8(character) : character, i);
      i += character.length;
    }
  }
  return parts.spelling();
}

function hex(text: string, at: number, digits: number): number | undefined {
  const word = text.slice(at, at + digits);
  return word.length === digits && /^[0-9a-f]+$/i.test(word) ? parseInt(word, 16) : undefined;
}

/** Gathers a spelling piece by piece. */
class Parts {
  readonly #from: Spelling;
  readonly #texts: string[] = [];
  readonly #origin: number[] = [];

  constructor(from: Spelling) {
    this.#from = from;
  }

  /** `text` was written at index `at` of what it is made from. */
  add(text: string, at: number): void {
    this.#texts.push(text);
    const origin = this.#from.origin?.[at] ?? at;
    for (let i = 0; i < text.length; i++) this.#origin.push(origin);
  }

  spelling(): Spelling {
    this.#origin.push(this.#from.origin?.at(-1) ?? this.#from.text.length);
    return { text: this.#texts.join(""), origin: this.#origin };
  }
}
