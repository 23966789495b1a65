/** Reads numbers and words off bytes, from left to right; every method is cheap where it fails. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** The byte `ahead` of the place; -1 past the end. */
  peek(ahead = 0): number {
    const at = this.at + ahead;
    return at < this.end ? this.#bytes[at]! : -1;
  }

  /** Goes on if this character stands here. */
  skip(character: string): boolean {
    if (this.peek() !== character.charCodeAt(0)) return false;
    this.at++;
    return true;
  }

  skipAny(characters: string): boolean {
    const byte = this.peek();
    if (byte === -1 || !characters.includes(String.fromCharCode(byte))) return false;
    this.at++;
    return true;
  }

  skipSpaces(): void {
    while (this.peek() === 0x20 || this.peek() === 0x09) this.at++;
  }

  /** Exactly `digits` digits, as a number; -1 if they aren't here. */
  number(digits: number): number {
    let value = 0;
    for (let i = 0; i < digits; i++) {
      const digit = this.peek(i) - 0x30;
      if (!(digit >= 0 && digit <= 9)) return -1;
      value = value * 10 + digit;
    }
    this.at += digits;
    return value;
  }

  /** Digits after a point or comma, as ms; 0 where there are none. */
  fractionMs(): number {
    const separator = this.peek();
    if ((separator !== 0x2e && separator !== 0x2c) || !isDigit(this.peek(1))) return 0;
    this.at++;
    let ms = 0;
    for (let unit = 100; isDigit(this.peek()); this.at++, unit /= 10) {
      if (unit >= 1) ms += (this.peek() - 0x30) * unit;
    }
    return ms;
  }

  /** The next `length` characters, of ASCII. */
  ahead(length: number): string {
    let text = "";
    for (let i = 0; i < length && this.at + i < this.end; i++) {
      text += String.fromCharCode(this.#bytes[this.at + i]!);
    }
    return text;
  }
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
