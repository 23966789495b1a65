import { HTTP_METHODS } from "../fact_forms.ts";

const [ZERO, FOUR, FIVE, NINE] = [0x30, 0x34, 0x35, 0x39];
const [A, LETTER_C, Z, UNDERSCORE, POINT] = [0x61, 0x63, 0x7a, 0x5f, 0x2e];
const CODE = new TextEncoder().encode("code");
const METHODS = HTTP_METHODS.map((method) => new TextEncoder().encode(method));
const [TAB, CR, SPACE, COLON, EQUALS] = [0x09, 0x0d, 0x20, 0x3a, 0x3d];
/** What JSON, or JSON within JSON, writes around a name. */
const QUOTES = [0x22, 0x27, 0x5c];

/**
 * Whether a line, which lies from `start` to `end`, may have an HTTP code or the number of a
 * google.rpc.Status. If it has one of `STATUS_WORDS` it is `worded`: true wherever `STATUS_NUMBER` of
 * fact_forms.ts finds one in its text. True in any line in which `CODE_FIRST` does.
 */
export function mayHaveNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  worded: boolean,
): boolean {
  for (let at = next(bytes, start, end, worded); at < end; at = next(bytes, at + 1, end, worded)) {
    if (bytes[at] === LETTER_C) {
      if (standsAt(bytes, at, CODE) && isAssigned(bytes, at + CODE.length, end)) return true;
    } else if (at === start || !isDigit(bytes[at - 1]!)) {
      if ((worded && standsAlone(bytes, at, start, end)) || isFirst(bytes, at + 3, end)) {
        return true;
      }
    }
  }
  return false;
}

/**
 * Where from `from` on three digits begin with a 4 or a 5, or where it is `worded` a `c` stands; or
 * `end`. Calls nobody, as the scanner's loop (literal_scanner.ts).
 */
function next(bytes: Uint8Array, from: number, end: number, worded: boolean): number {
  for (let at = from; at < end; at++) {
    const byte = bytes[at]!;
    if (worded && byte === LETTER_C) return at;
    if (byte !== FOUR && byte !== FIVE) continue;
    const second = bytes[at + 1]!;
    const third = bytes[at + 2]!;
    if (at + 2 < end && second >= ZERO && second <= NINE && third >= ZERO && third <= NINE) {
      return at;
    }
  }
  return end;
}

/** Nor a point, and neither a letter nor a digit behind them. */
function standsAlone(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  return (at === start || bytes[at - 1] !== POINT) && (at + 3 === end || !isWord(bytes[at + 3]!));
}

/** ` Forbidden`, `: Not Found`, ` GET …` */
function isFirst(bytes: Uint8Array, behind: number, end: number): boolean {
  const at = bytes[behind] === COLON ? behind + 1 : behind;
  if (at + 2 >= end || bytes[at] !== SPACE || !isUpper(bytes[at + 1]!)) return false;
  return isLower(bytes[at + 2]!) || METHODS.some((letters) => standsAt(bytes, at + 1, letters));
}

function standsAt(bytes: Uint8Array, at: number, letters: Uint8Array): boolean {
  return letters.every((letter, i) => bytes[at + i] === letter);
}

/** `: 7`, `" = 7`, … */
function isAssigned(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  while (at < end && QUOTES.includes(bytes[at]!)) at++;
  at = behindSpace(bytes, at, end);
  // Unicode has spaces, too.
  if (bytes[at]! >= 0x80) return true;
  if (at >= end || (bytes[at] !== COLON && bytes[at] !== EQUALS)) return false;
  at = behindSpace(bytes, at + 1, end);
  return at < end && (isDigit(bytes[at]!) || bytes[at]! >= 0x80);
}

function behindSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] === SPACE || (bytes[at]! >= TAB && bytes[at]! <= CR))) at++;
  return at;
}

function isWord(byte: number): boolean {
  return isDigit(byte) || byte === UNDERSCORE || isLower(byte | 0x20);
}

function isLower(byte: number): boolean {
  return byte >= A && byte <= Z;
}

function isUpper(byte: number): boolean {
  return isLower(byte + 0x20);
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
