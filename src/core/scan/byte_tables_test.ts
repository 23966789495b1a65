import { assertEquals } from "@std/assert";
import { byteTables, entryOf } from "./byte_tables.ts";
import { literal } from "./pattern.ts";

/** What stands in the table of a group and place for a byte. */
function lookUp(tables: Uint8Array, group: number, place: number, byte: number): number {
  return tables[(group * 4 + place) * 64 + entryOf(byte)]!;
}

const code = (character: string) => character.charCodeAt(0);

Deno.test("byteTables() has a bucket's bit wherever one of its parts has the byte", () => {
  const tables = byteTables([
    { pattern: literal("an error"), offset: 3, bucket: 0, byteBucket: 2 },
    { pattern: literal("fatal"), offset: 0, bucket: 0, byteBucket: 2 },
    { pattern: ["Ee", "x", "01", "y", "z"], offset: 0, bucket: 0, byteBucket: 9 },
  ]);
  const bits = (place: number, text: string) =>
    [...text].map((character) => lookUp(tables, 0, place, code(character)));
  assertEquals(bits(0, "efnx"), [4, 4, 0, 0]);
  assertEquals(bits(3, "oaer"), [4, 4, 0, 0]);
  assertEquals(["E", "e", "x"].map((one) => lookUp(tables, 1, 0, code(one))), [2, 2, 0]);
  assertEquals(tables.length, 512);
});

Deno.test("byteTables() lets any byte stand behind a part that is too short", () => {
  const tables = byteTables([{ pattern: literal("F0"), offset: 0, bucket: 0, byteBucket: 0 }]);
  for (const place of [2, 3]) {
    assertEquals(tables.subarray(place * 64, (place + 1) * 64), new Uint8Array(64).fill(1));
  }
});

Deno.test("byteTables() goes by six bits: a byte's entry is that of the three it shares it with", () => {
  for (let byte = 0; byte < 256; byte++) {
    const entry = entryOf(byte);
    const same = Array.from({ length: 256 }, (_, other) => other)
      .filter((other) => entryOf(other) === entry);
    const shared = [byte, byte ^ 0x64, byte ^ 0x80, byte ^ 0xe4].sort((a, b) => a - b);
    assertEquals([same, entry < 64], [shared, true]);
  }
  const tables = byteTables([{ pattern: ["\x9b", "\xc3"], offset: 0, bucket: 0, byteBucket: 7 }]);
  assertEquals([lookUp(tables, 0, 0, 0x1b), lookUp(tables, 0, 1, 0x43)], [128, 128]);
});
