import { ByteReader, isDigit } from "./byte_reader.ts";
import type { Timestamp } from "./timestamp.ts";

const KEYS = ["time", "timestamp", "ts", "@timestamp", "asctime"];
const FIRST_LETTERS = new Set(KEYS.map((key) => key.charCodeAt(0)));

/** Where a JSON line's time is looked for, bytes: loggers put it first or after the message. */
const SEARCHED_BYTES = 4096;

/** Epoch times before this are none, but durations. 2001-09-09, in s. */
const EARLIEST_S = 1e9;

/**
 * The time in a JSON line, found by its key without parsing the line: an escaped quote inside of a
 * string never ends a key. Text is read by `readDateTime`; numbers are seconds, ms, µs or ns since
 * 1970, as their size says.
 */
export function jsonTimestamp(
  bytes: Uint8Array,
  start: number,
  end: number,
  readDateTime: (reader: ByteReader) => Timestamp | undefined,
): Timestamp | undefined {
  const limit = Math.min(end, start + SEARCHED_BYTES);
  let quote = bytes.indexOf(0x22, start);
  for (; quote !== -1 && quote < limit; quote = bytes.indexOf(0x22, quote + 1)) {
    if (!FIRST_LETTERS.has(bytes[quote + 1]!)) continue;
    const reader = valueOfKey(bytes, quote, end);
    if (reader === undefined) continue;
    const quoted = reader.skip('"');
    const found = (quoted ? readDateTime(reader) : undefined) ?? epoch(reader);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A reader at the value, if one of our keys stands at `quote`. */
function valueOfKey(bytes: Uint8Array, quote: number, end: number): ByteReader | undefined {
  for (const key of KEYS) {
    const reader = new ByteReader(bytes, quote + 1, end);
    if (reader.ahead(key.length + 1) !== `${key}"`) continue;
    reader.at += key.length + 1;
    reader.skipSpaces();
    if (!reader.skip(":")) return undefined;
    reader.skipSpaces();
    return reader;
  }
  return undefined;
}

function epoch(reader: ByteReader): Timestamp | undefined {
  let digits = 0;
  while (isDigit(reader.peek(digits))) digits++;
  if (digits === 0 || digits > 19) return undefined;
  const whole = reader.number(digits);
  const fraction = reader.fractionMs();
  if (whole < EARLIEST_S) return undefined;
  const ms = whole < 1e11
    ? whole * 1000 + fraction
    : whole < 1e14
    ? whole
    : whole < 1e17
    ? Math.floor(whole / 1e3)
    : Math.floor(whole / 1e6);
  return { ms, zoned: true, year: true };
}
