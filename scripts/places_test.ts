import { assert, assertEquals } from "@std/assert";
import { nibblesOf } from "../src/core/scan/bucket.ts";
import { buildTables, type FilterTables } from "../src/core/scan/filter_tables.ts";
import { BUCKET_COUNT } from "../src/core/scan/place.ts";
import { KNOWN_PLACES } from "../src/core/scan/known_places.ts";
import { literal, partsOf, type Pattern, spelled, WIDTH } from "../src/core/scan/pattern.ts";
import { bytes } from "../src/testing/builders.ts";
import { seededRandom } from "../src/testing/random.ts";
import { loadLogs } from "../tests/fuzz/corpus_lines.ts";
import { anneal, Sample } from "./anneal.ts";
import { defaultPatterns } from "./tables.ts";

Deno.test("the patterns of the default rules all have a place (else: make places)", () => {
  assertEquals(Object.keys(KNOWN_PLACES).sort(), defaultPatterns().needed.map(spelled).sort());
});

Deno.test("each place lies in its pattern and in a bucket", () => {
  for (const pattern of defaultPatterns().needed) {
    const { offset, bucket } = KNOWN_PLACES[spelled(pattern)]!;
    assert(offset < partsOf(pattern).length && bucket < BUCKET_COUNT, spelled(pattern));
  }
});

/** In how many places of a text the nibbles say that a pattern may begin. */
function candidates({ nibbles }: FilterTables, text: Uint8Array): number {
  const setAt = (group: number, place: number, byte: number) => {
    const table = (group * WIDTH + place) * 32;
    return nibbles[table + (byte & 15)]! & nibbles[table + 16 + (byte >> 4)]!;
  };
  let found = 0;
  for (let at = 0; at + WIDTH <= text.length; at++) {
    const sets = [0, 1].map((group) =>
      [0, 1, 2, 3].reduce((set, place) => set & setAt(group, place, text[at + place]!), 255)
    );
    if (sets.some((set) => set !== 0)) found++;
  }
  return found;
}

Deno.test("the known places find less by mistake than those of a run's start", async () => {
  const text = bytes((await loadLogs()).flat().join("\n"));
  const patterns = defaultPatterns().needed;
  const [known, fresh] = [buildTables(patterns), buildTables(patterns, {})];
  const [less, more] = [candidates(known, text), candidates(fresh, text)];
  assert(less < 0.9 * more, `${less} of ${more}`);
});

Deno.test("annealing keeps apart what would find a common word together", () => {
  // In one bucket the two stand for "abcd" and "wxyz", but for "abyz" and "wxcd" as well.
  const patterns: Pattern[] = [literal("abcd"), literal("wxyz"), literal("0123")];
  const sample = new Sample(bytes("abyz wxcd ".repeat(100)));
  const places = anneal(patterns, 2, sample, seededRandom(1), 500);
  assertEquals(places.map(({ offset }) => offset), [0, 0, 0]);
  assert(places[0]!.bucket !== places[1]!.bucket);
});

Deno.test("annealing chooses the part of a pattern that stands nowhere else", () => {
  const sample = new Sample(bytes("the running runner ".repeat(50)));
  const [place] = anneal([literal("runQ")], 1, sample, seededRandom(1), 50);
  assertEquals(place, { offset: 0, bucket: 0 });
  const [longer] = anneal([literal("runnQZX")], 1, sample, seededRandom(1), 200);
  assert(longer!.offset > 0);
});

Deno.test("a sample tells how often a bucket finds something in it", () => {
  const sample = new Sample(bytes("abcd abcd abyz"));
  const cost = (...texts: string[]) =>
    Math.floor(sample.cost(texts.map((text) => nibblesOf(literal(text)))));
  assertEquals([cost(), cost("abcd"), cost("wxyz"), cost("abyz")], [0, 2, 0, 1]);
});
