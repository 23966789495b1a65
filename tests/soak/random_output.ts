import { Dice } from "../fuzz/dice.ts";

// Nothing that a rule, or what excuses a match, looks for.
const WORDS =
  ("agent queue polling job config epoch batch sample tensor shard bucket region worker " +
    "launch build layer image cache token stream graph model weights grid sweep metric table 🦊 größe")
    .split(" ");
const BLOCK_BYTES = 64 * 1024;

const encoder = new TextEncoder();

/** Harmless output of `length` bytes at most: lines, redraws, colours, noise, a line without end. */
export function harmless(dice: Dice, length: number): Uint8Array<ArrayBuffer> {
  if (length === 0) return new Uint8Array(0);
  return dice.oneOf(
    () => repeated(lines(dice), length),
    () => repeated(lines(dice), length),
    () => repeated(redraws(dice), length),
    () => repeated(noise(dice), length),
    () => new Uint8Array(length).fill(dice.pick([0, 0x78, 0x20, 0xff])),
  );
}

function lines(dice: Dice): Uint8Array {
  return untilFull(() => {
    const words = dice.times(dice.int(0, 12), () => dice.pick(WORDS)).join(" ");
    const text = dice.chance(0.1) ? `\x1b[3${dice.int(1, 6)}m${words}\x1b[0m` : words;
    return text + dice.pick(["\n", "\n", "\n", "\r\n"]);
  });
}

function redraws(dice: Dice): Uint8Array {
  return untilFull((i) => `\r${dice.pick(WORDS)}: ${i % 100}%|${"█".repeat(i % 20)}|`);
}

function noise(dice: Dice): Uint8Array {
  return Uint8Array.from({ length: BLOCK_BYTES }, () => dice.int(0, 255));
}

function untilFull(next: (index: number) => string): Uint8Array {
  let text = "";
  for (let i = 0; text.length < BLOCK_BYTES / 4; i++) text += next(i);
  return encoder.encode(text);
}

function repeated(block: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += block.length) {
    bytes.set(block.subarray(0, Math.min(block.length, length - at)), at);
  }
  return bytes;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
