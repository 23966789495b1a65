import { assert, assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { seededRandom } from "../../testing/random.ts";
import { createDetector } from "../detector.ts";
import { builtInRules } from "../rule_set.ts";
import { buildTables } from "./filter_tables.ts";
import { GramSet, gramsOf, type GramTables } from "./gram_set.ts";
import { HintIndex } from "./hint_index.ts";
import { ANY_BYTE, literal, type Pattern } from "./pattern.ts";

const has = (bits: Uint8Array, index: number) => (bits[index >> 3]! >> (index & 7) & 1) === 1;
const countBits = (bits: Uint8Array) =>
  bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll("0", "").length, 0);

/** What line_filter.wat asks about the place `at`, in plain words. */
function known(set: GramTables, text: Uint8Array, at: number): boolean {
  const view = new DataView(text.buffer, text.byteOffset);
  const gram = view.getUint32(at, true);
  const withFifth = (fifth: number) => (gram + Math.imul(fifth, 0x27d4eb2f)) | 0;
  const keys = [
    withFifth(text[at + 4]!) ^ 0x55555555,
    withFifth(text[at - 1]!) ^ 0x33333333,
    gram,
    (gram & 0xffffff) ^ 0x0f000000,
    (gram >>> 8) ^ 0xf0000000,
  ];
  const hashed = (key: number, by: number) => has(set.grams, Math.imul(key, by) >>> 16);
  return has(set.begins, gram & 0xffff) &&
    (has(set.pairs, gram & 0xffff) ||
      keys.some((key) => hashed(key, 0x9e3779b1) && hashed(key, 0x85ebca77)));
}

/** A text with room on both sides, and the place in it where the pattern's part begins. */
function placed(text: string, offset: number): [Uint8Array, number] {
  return [bytes(`--------${text}--------`), 8 + offset];
}

Deno.test("gramsOf lists all that may stand in the places, the first place lowest", () => {
  assertEquals(gramsOf([]), [0]);
  assertEquals(gramsOf(["a", "bc"]), [0x6261, 0x6361]);
  assertEquals(gramsOf(literal("abcd")), [0x64636261]);
  assertEquals(gramsOf(["0123456789", "x", ANY_BYTE]).length, 2560);
});

Deno.test("a set knows every part that it was given, wherever that begins in its pattern", () => {
  const random = seededRandom(3);
  const below = (limit: number) => Math.floor(random() * limit);
  for (let round = 0; round < 300; round++) {
    const set = new GramSet();
    const added = Array.from({ length: 1 + below(20) }, () => {
      const text = Array.from({ length: 2 + below(9) }, () => "abXY_9 "[below(7)]).join("");
      const offset = below(Math.max(text.length - 3, 1));
      set.add(literal(text), offset);
      return { text, offset };
    });
    for (const { text, offset } of added) {
      assert(known(set, ...placed(text, offset)), `${text} from ${offset}`);
    }
  }
});

Deno.test("a set knows each text that a pattern with classes stands for", () => {
  const pattern: Pattern = ["0123456789", ":", " ", "ABC"];
  const set = new GramSet();
  set.add(pattern, 0);
  for (const text of ["0: A", "9: C", "5: B"]) assert(known(set, ...placed(text, 0)), text);
  for (const text of ["a: A", "0; A", "0: D"]) assert(!known(set, ...placed(text, 0)), text);
});

Deno.test("a part that is only two bytes long is known by its pair", () => {
  const set = new GramSet();
  set.add(literal("E0"), 0);
  assertEquals([countBits(set.pairs), countBits(set.grams)], [1, 0]);
  assert(known(set, ...placed("E0", 0)) && !known(set, ...placed("E1", 0)));
});

Deno.test("a part that stands for too many grams is known by its pairs", () => {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const set = new GramSet();
  set.add([letters, letters, letters, letters], 0);
  assertEquals([countBits(set.pairs), countBits(set.grams)], [26 * 26, 0]);
  assert(known(set, ...placed("word", 0)) && !known(set, ...placed("WORD", 0)));
});

Deno.test("the byte before or behind a part tells it from the same part of another word", () => {
  const set = new GramSet();
  set.add(literal("failed"), 1);
  const [text, at] = placed("failed", 1);
  assert(known(set, text, at));
  for (const other of ["sailed", "jailer"]) {
    const [text, at] = placed(other, 1);
    // By one of the two: which one is the set's choice.
    if (!known(set, text, at)) return;
  }
  throw new Error("a part is known by its four bytes alone");
});

for (const profile of ["default", "classic"] as const) {
  Deno.test(`the rules of ${profile} leave room in the set: chance finds 1 % at most`, () => {
    const { patterns } = new HintIndex(builtInRules(profile).map(createDetector));
    const { known: set } = buildTables(patterns);
    const random = seededRandom(4);
    const text = Uint8Array.from({ length: 60_000 }, () => 0x20 + Math.floor(random() * 0x5f));
    let found = 0;
    for (let at = 8; at < text.length - 8; at++) if (known(set, text, at)) found++;
    assert(found < text.length / 100, `${found} of ${text.length}`);
  });
}
