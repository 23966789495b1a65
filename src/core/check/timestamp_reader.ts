import { ByteReader, isDigit } from "./byte_reader.ts";
import { readDateTime, readTimestamp, type Timestamp } from "./timestamp.ts";

/** Of a date and time up to the colon before the seconds: `2024-05-01 12:00:`. Bytes. */
const TO_SECONDS = 17;
/** A date that comes later in a line isn't remembered. Bytes. */
const MAX_OFFSET = 64;

const [Z, SMALL_Z, SPACE, PLUS, MINUS, U, LESS] = [0x5a, 0x7a, 0x20, 0x2b, 0x2d, 0x55, 0x3c];

/**
 * `readTimestamp` for one line after the other of a log. Nearly every line begins as the one before
 * it does, up to the minute: then only the seconds have to be read.
 */
export class TimestampReader {
  /** The beginning of the last line that had a full date, up to its seconds. */
  readonly #beginning = new Uint8Array(MAX_OFFSET + TO_SECONDS);
  #length = 0;
  /** Ms since 1970 at the seconds' zero. */
  #minute = 0;
  #zoned = false;
  /** One for all: a log has millions. */
  readonly #timestamp = { ms: 0, zoned: false, year: true };

  /** It holds until the next is read. */
  read(bytes: Uint8Array, start: number, end: number): Timestamp | undefined {
    if (this.#begins(bytes, start, end)) {
      const timestamp = this.#readSeconds(bytes, start + this.#length, end);
      if (timestamp !== undefined) return timestamp;
    }
    const timestamp = readTimestamp(bytes, start, end);
    if (timestamp?.year) this.#remember(timestamp, bytes, start, end);
    return timestamp;
  }

  #begins(bytes: Uint8Array, start: number, end: number): boolean {
    const length = this.#length;
    if (length === 0 || end - start < length + 3) return false;
    // From the back: the minutes differ the most often.
    for (let i = length - 1; i >= 0; i--) {
      if (bytes[start + i] !== this.#beginning[i]) return false;
    }
    return true;
  }

  /** `undefined` where anything is unusual: readTimestamp knows better. */
  #readSeconds(bytes: Uint8Array, at: number, end: number): Timestamp | undefined {
    const tens = bytes[at]! - 0x30;
    const ones = bytes[at + 1]! - 0x30;
    if (!(tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9)) return undefined;
    let ms = (tens * 10 + ones) * 1000;
    let next = at + 2;
    if ((bytes[next] === 0x2e || bytes[next] === 0x2c) && isDigit(bytes[next + 1]!)) {
      next++;
      for (let unit = 100; next < end && isDigit(bytes[next]!); next++, unit /= 10) {
        if (unit >= 1) ms += (bytes[next]! - 0x30) * unit;
      }
    }
    // Without a byte behind it the zone might be cut off.
    if (next + 1 >= end) return undefined;
    const zoned = bytes[next] === Z || bytes[next] === SMALL_Z;
    if (zoned !== this.#zoned || (!zoned && mayBeZone(bytes[next]!, bytes[next + 1]!))) {
      return undefined;
    }
    this.#timestamp.ms = this.#minute + ms;
    this.#timestamp.zoned = zoned;
    return this.#timestamp;
  }

  /** Remembers where the date stands in this line, if its zone is the usual one or none. */
  #remember(timestamp: Timestamp, bytes: Uint8Array, start: number, end: number): void {
    this.#length = 0;
    // syslog's priority may stand before a date without a year.
    if (bytes[start] === LESS) return;
    for (let offset = 0; offset <= MAX_OFFSET; offset++) {
      const length = offset + TO_SECONDS;
      if (start + length + 2 > end) return;
      const found = readDateTime(new ByteReader(bytes, start + offset, end));
      if (found?.ms !== timestamp.ms || bytes[start + length - 1] !== 0x3a) continue;
      this.#beginning.set(bytes.subarray(start, start + length));
      this.#length = length;
      this.#zoned = timestamp.zoned;
      const seconds = this.#minuteOf(timestamp, bytes, start + length, end);
      if (!seconds) this.#length = 0;
      return;
    }
  }

  /** Sets the minute so that this very line gives its own timestamp; false if it can't be. */
  #minuteOf(timestamp: Timestamp, bytes: Uint8Array, at: number, end: number): boolean {
    this.#minute = 0;
    const seconds = this.#readSeconds(bytes, at, end);
    if (seconds === undefined) return false;
    this.#minute = timestamp.ms - seconds.ms;
    return true;
  }
}

/** Whether a zone with an offset, or `UTC`, may begin with these two bytes. */
function mayBeZone(first: number, second: number): boolean {
  const byte = first === SPACE ? second : first;
  return byte === PLUS || byte === MINUS || byte === U || byte === Z || byte === SMALL_Z;
}
