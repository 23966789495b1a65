import { assertEquals } from "@std/assert";
import { byteTables } from "./byte_tables.ts";
import { literal } from "./pattern.ts";

/** What stands in the table of a group and place for a byte. */
function lookUp(tables: Uint8Array, group: number, place: number, byte: number): number {
  return tables[(group * 4 + place) * 128 + byte]!;
}

const code = (character: string) => character.charCodeAt(0);

Deno.test("byteTables() has a bucket's bit wherever one of its parts has the byte", () => {
  const tables = byteTables([
    { pattern: literal("an error"), offset: 3, bucket: 2 },
    { pattern: literal("fatal"), offset: 0, bucket: 2 },
    { pattern: ["Ee", "x", "01", "y", "z"], offset: 0, bucket: 9 },
  ]);
  const bits = (place: number, text: string) =>
    [...text].map((character) => lookUp(tables, 0, place, code(character)));
  assertEquals(bits(0, "efnx"), [4, 4, 0, 0]);
  assertEquals(bits(3, "oaer"), [4, 4, 0, 0]);
  assertEquals(["E", "e", "x"].map((one) => lookUp(tables, 1, 0, code(one))), [2, 2, 0]);
  assertEquals(tables.length, 1024);
});

Deno.test("byteTables() lets any byte stand behind a part that is too short", () => {
  const tables = byteTables([{ pattern: literal("F0"), offset: 0, bucket: 0 }]);
  for (const place of [2, 3]) {
    assertEquals(tables.subarray(place * 128, (place + 1) * 128), new Uint8Array(128).fill(1));
  }
});

Deno.test("byteTables() goes by seven bits, so that no byte beyond ASCII is lost", () => {
  const tables = byteTables([{ pattern: ["\x9b", "\xc3"], offset: 0, bucket: 7 }]);
  assertEquals([lookUp(tables, 0, 0, 0x1b), lookUp(tables, 0, 1, 0x43)], [128, 128]);
});
