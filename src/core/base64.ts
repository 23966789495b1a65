const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bits that one character carries. */
const BITS = 6;

/** RFC 4648, section 4, without padding. */
function encode(bytes: readonly number[]): string {
  let text = "";
  for (let bit = 0; bit < bytes.length * 8; bit += BITS) {
    const at = bit >> 3;
    const pair = (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
    text += ALPHABET[(pair >> (10 - (bit & 7))) & 63];
  }
  return text;
}

/**
 * What stands in any base64 text whose plain text holds `bytes`: one form for each place that they
 * can have in a group of three, without the characters that their neighbours decide too.
 */
export function base64Forms(bytes: readonly number[]): string[] {
  const forms = [0, 1, 2].map((offset) => {
    const text = encode([...Array<number>(offset).fill(0), ...bytes]);
    const end = Math.floor((offset + bytes.length) * 8 / BITS);
    return text.slice(Math.ceil(offset * 8 / BITS), end);
  });
  const all = [encode(bytes), ...forms];
  return [...all, ...all.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"))];
}
