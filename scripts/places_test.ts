import { assert, assertEquals } from "@std/assert";
import { byteTables, ENTRIES, entryOf } from "../src/core/scan/byte_tables.ts";
import { nibblesOf } from "../src/core/scan/bucket.ts";
import { buildTables, type FilterTables } from "../src/core/scan/filter_tables.ts";
import { BUCKET_COUNT } from "../src/core/scan/place.ts";
import { KNOWN_PLACES } from "../src/core/scan/known_places.ts";
import { literal, partsOf, type Pattern, spelled, WIDTH } from "../src/core/scan/pattern.ts";
import { bytes } from "../src/testing/builders.ts";
import { seededRandom } from "../src/testing/random.ts";
import { loadLogs } from "../tests/fuzz/corpus_lines.ts";
import { anneal } from "./anneal.ts";
import { HEALTHY_LINES } from "./healthy_lines.ts";
import { Sample } from "./sample.ts";
import { defaultPatterns } from "./tables.ts";

Deno.test("the patterns of the default rules all have a place (else: make places)", () => {
  assertEquals(Object.keys(KNOWN_PLACES).sort(), defaultPatterns().needed.map(spelled).sort());
});

Deno.test("each place lies in its pattern and in a bucket", () => {
  for (const pattern of defaultPatterns().needed) {
    const { offset, bucket, byteBucket } = KNOWN_PLACES[spelled(pattern)]!;
    assert(offset < partsOf(pattern).length, spelled(pattern));
    assert(bucket < BUCKET_COUNT && byteBucket < BUCKET_COUNT, spelled(pattern));
  }
});

/** In how many places of a text a pattern may begin, as tables say of a byte in a group's place. */
function candidates(
  text: Uint8Array,
  setAt: (group: number, place: number, byte: number) => number,
): number {
  let found = 0;
  for (let at = 0; at + WIDTH <= text.length; at++) {
    const sets = [0, 1].map((group) =>
      [0, 1, 2, 3].reduce((set, place) => set & setAt(group, place, text[at + place]!), 255)
    );
    if (sets.some((set) => set !== 0)) found++;
  }
  return found;
}

function byNibbles(text: Uint8Array, { nibbles }: FilterTables): number {
  return candidates(text, (group, place, byte) => {
    const table = (group * WIDTH + place) * 32;
    return nibbles[table + (byte & 15)]! & nibbles[table + 16 + (byte >> 4)]!;
  });
}

function byBytes(text: Uint8Array, { placed }: FilterTables): number {
  const tables = byteTables(placed);
  return candidates(
    text,
    (group, place, byte) => tables[(group * WIDTH + place) * ENTRIES + entryOf(byte)]!,
  );
}

Deno.test("the known places find less by mistake than those of a run's start", async () => {
  const text = bytes((await loadLogs()).flat().join("\n"));
  const patterns = defaultPatterns().needed;
  const [known, fresh] = [buildTables(patterns), buildTables(patterns, {})];
  for (const count of [byNibbles, byBytes]) {
    const [less, more] = [count(text, known), count(text, fresh)];
    assert(less < 0.9 * more, `${count.name}: ${less} of ${more}`);
  }
});

Deno.test("the known places find next to nothing in what floods a log", () => {
  const text = bytes(HEALTHY_LINES.join("\n").repeat(10));
  const known = buildTables(defaultPatterns().needed);
  for (const count of [byNibbles, byBytes]) {
    const found = count(text, known);
    assert(found < text.length / 60, `${count.name}: ${found} in ${text.length}`);
  }
});

/** By nibbles. */
function nearBest(patterns: readonly Pattern[], buckets: number, sample: Sample, rounds: number) {
  const parts = patterns.map((pattern) => partsOf(pattern).map(nibblesOf));
  return anneal(parts, buckets, (some) => sample.cost(some), seededRandom(1), rounds);
}

Deno.test("annealing keeps apart what would find a common word together", () => {
  // In one bucket the two stand for "abcd" and "wxyz", but for "abyz" and "wxcd" as well.
  const patterns: Pattern[] = [literal("abcd"), literal("wxyz"), literal("0123")];
  const sample = new Sample(bytes("abyz wxcd ".repeat(100)));
  const places = nearBest(patterns, 2, sample, 500);
  assertEquals(places.map(({ part }) => part), [0, 0, 0]);
  assert(places[0]!.bucket !== places[1]!.bucket);
});

Deno.test("annealing chooses the part of a pattern that stands nowhere else", () => {
  const sample = new Sample(bytes("the running runner ".repeat(50)));
  const [place] = nearBest([literal("runQ")], 1, sample, 50);
  assertEquals(place, { part: 0, bucket: 0 });
  const [longer] = nearBest([literal("runnQZX")], 1, sample, 200);
  assert(longer!.part > 0);
});

Deno.test("a sample tells how often a bucket finds something in it", () => {
  const sample = new Sample(bytes("abcd abcd abyz"));
  const cost = (...texts: string[]) =>
    Math.floor(sample.cost(texts.map((text) => nibblesOf(literal(text)))));
  assertEquals([cost(), cost("abcd"), cost("wxyz"), cost("abyz")], [0, 2, 0, 1]);
});

Deno.test("a sample tells the same of a bucket that sees bytes, two of which share an entry", () => {
  const sample = new Sample(bytes("abcd abcd abyz a\x06cd"));
  const cost = (...texts: string[]) => Math.floor(sample.costOfBytes(texts.map(literal)));
  assertEquals([cost(), cost("abcd"), cost("wxyz"), cost("ab")], [0, 3, 0, 4]);
});
