const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/**
 * `64KiB`, `10MiB`, `1.5GiB` or `4096B` in bytes, at least 1.
 * @throws {SyntaxError} if `text` is none of these.
 * @throws {RangeError} if it is less than a byte or more than can be counted.
 */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([KMGT]iB|B)$/.exec(text);
  if (match === null) throw new SyntaxError("write it like 64KiB or 10MiB");
  const bytes = Math.floor(Number(match[1]) * UNIT_BYTES[match[2]!]!);
  if (bytes < 1) throw new RangeError("the smallest is 1B");
  if (!Number.isSafeInteger(bytes)) throw new RangeError("the largest is 8191TiB");
  return bytes;
}
