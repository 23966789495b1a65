const [ZERO, FOUR, FIVE, NINE] = [0x30, 0x34, 0x35, 0x39];
const [A, Z, UNDERSCORE] = [0x61, 0x7a, 0x5f];
const CODE = [0x63, 0x6f, 0x64, 0x65];
const [TAB, CR, SPACE, COLON, EQUALS] = [0x09, 0x0d, 0x20, 0x3a, 0x3d];
/** What JSON, or JSON within JSON, writes around a name. */
const QUOTES = [0x22, 0x27, 0x5c];

/**
 * Whether a line, which lies from `start` to `end`, may have an HTTP code or the number of a
 * google.rpc.Status: true wherever `STATUS_NUMBER` of fact_forms.ts finds one in its text.
 */
export function mayHaveNumber(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === FOUR || byte === FIVE) {
      if (isCode(bytes, i, start, end)) return true;
    } else if (byte === CODE[0] && CODE.every((letter, at) => bytes[i + at] === letter)) {
      if (isAssigned(bytes, i + CODE.length, end)) return true;
    }
  }
  return false;
}

/** Three digits; no other before them, and neither that nor a letter behind. */
function isCode(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  return at + 2 < end && isDigit(bytes[at + 1]!) && isDigit(bytes[at + 2]!) &&
    (at === start || !isDigit(bytes[at - 1]!)) && (at + 3 === end || !isWord(bytes[at + 3]!));
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
  return isDigit(byte) || byte === UNDERSCORE || ((byte | 0x20) >= A && (byte | 0x20) <= Z);
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
