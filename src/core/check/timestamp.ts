import { ByteReader, isDigit } from "./byte_reader.ts";
import { civilMs } from "./civil_time.ts";
import { jsonTimestamp } from "./json_timestamp.ts";

/** A moment that a log line names. */
export interface Timestamp {
  /** Ms since 1970; without a zone as if it were UTC. */
  readonly ms: number;
  readonly zoned: boolean;
  /** False for syslog's `Nov 24 10:00:00`: `ms` is then in `YEARLESS`. */
  readonly year: boolean;
}

/** A leap year, so that it has each day that a date without a year may name. */
export const YEARLESS = 1972;

/** A timestamp that comes later in a line than this belongs to the message. Bytes. */
const PREFIX_BYTES = 64;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * The time with which a log line begins, or that its JSON object has in `time`, `timestamp`, `ts` or
 * `@timestamp`. Forms: RFC 3339 and its relatives (`2024-05-01 12:00:00,123`, `2024/05/01
 * 12:00:00`), syslog (`May  1 12:00:00`), klog (`I0501 12:00:00.123`). Runs for every line of a log.
 */
export function readTimestamp(
  bytes: Uint8Array,
  start: number,
  end: number,
): Timestamp | undefined {
  const reader = new ByteReader(bytes, start, end);
  reader.skipSpaces();
  if (reader.peek() === 0x7b) return jsonTimestamp(bytes, reader.at, end, readDateTime);
  return leadingName(reader) ?? leadingDate(bytes, start, end);
}

/** `2024-05-01T12:00:00.123+02:00` from where the reader stands. */
export function readDateTime(reader: ByteReader): Timestamp | undefined {
  // Nearly every place fails here, on two bytes.
  const dash = reader.peek(4);
  if ((dash !== 0x2d && dash !== 0x2f) || reader.peek(7) !== dash) return undefined;
  const separator = String.fromCharCode(dash);
  const year = reader.number(4);
  reader.skip(separator);
  const month = reader.number(2);
  reader.skip(separator);
  const day = reader.number(2);
  if (year < 1970 || !isDate(month, day) || !reader.skipAny("Tt _")) return undefined;
  const time = timeOfDay(reader);
  if (time === -1) return undefined;
  const offset = zoneMs(reader);
  return {
    ms: civilMs([year, month, day], time) - (offset ?? 0),
    zoned: offset !== undefined,
    year: true,
  };
}

/** syslog and klog, which name no year; a `<PRI>` may stand before syslog's. */
function leadingName(reader: ByteReader): Timestamp | undefined {
  if (reader.peek() === 0x3c) {
    reader.at++;
    while (isDigit(reader.peek())) reader.at++;
    if (!reader.skip(">")) return undefined;
  }
  const first = reader.peek();
  if (first < 0x41 || first > 0x5a) return undefined;
  let month = MONTHS.indexOf(reader.ahead(3)) + 1;
  let day: number;
  if (month > 0) {
    reader.at += 3;
    if (!reader.skip(" ")) return undefined;
    day = reader.skip(" ") ? reader.number(1) : reader.number(2);
  } else {
    if (!"IWEF".includes(String.fromCharCode(first))) return undefined;
    reader.at++;
    month = reader.number(2);
    day = reader.number(2);
  }
  if (!isDate(month, day) || !reader.skip(" ")) return undefined;
  const time = timeOfDay(reader);
  if (time === -1) return undefined;
  return { ms: civilMs([YEARLESS, month, day], time), zoned: false, year: false };
}

/** A date at the line's start, or after what a logger puts before it: `[`, `name: `, `pod | `, `INFO `. */
function leadingDate(bytes: Uint8Array, start: number, end: number): Timestamp | undefined {
  const limit = Math.min(end, start + PREFIX_BYTES);
  let capitals = true;
  for (let at = start; at < limit; at++) {
    const byte = bytes[at]!;
    // A year of this century or the last.
    if ((byte === 0x31 || byte === 0x32) && (capitals || follows(bytes, start, at))) {
      const found = readDateTime(new ByteReader(bytes, at, end));
      if (found !== undefined) return found;
    }
    if (!((byte >= 0x41 && byte <= 0x5a) || byte === 0x20)) capitals = false;
  }
  return undefined;
}

/** Whether a separator stands before `at`, with or without spaces. */
function follows(bytes: Uint8Array, start: number, at: number): boolean {
  let before = at - 1;
  while (before >= start && (bytes[before] === 0x20 || bytes[before] === 0x09)) before--;
  return before < start || "[]()<>|:=\"'".includes(String.fromCharCode(bytes[before]!));
}

function isDate(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Ms since midnight of `12:00:00.123`; -1 if it isn't here. A leap second counts as the next one. */
function timeOfDay(reader: ByteReader): number {
  const hours = reader.number(2);
  if (!reader.skip(":")) return -1;
  const minutes = reader.number(2);
  if (!reader.skip(":")) return -1;
  const seconds = reader.number(2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) {
    return -1;
  }
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + reader.fractionMs();
}

/** `Z`, `UTC`, `+02:00`, `+0200`, `+02`, also after a space; `undefined` for no zone. */
function zoneMs(reader: ByteReader): number | undefined {
  if (reader.skipAny("Zz")) return 0;
  if (reader.ahead(4) === " UTC") return 0;
  if (reader.peek() === 0x20 && (reader.peek(1) === 0x2b || reader.peek(1) === 0x2d)) reader.at++;
  const sign = reader.peek() === 0x2b ? 1 : reader.peek() === 0x2d ? -1 : 0;
  if (sign === 0) return undefined;
  reader.at++;
  const hours = reader.number(2);
  if (hours === -1) return undefined;
  reader.skip(":");
  const minutes = Math.max(reader.number(2), 0);
  return sign * (hours * 60 + minutes) * 60_000;
}
