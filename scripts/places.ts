// Says where the filter should look for each pattern of the built-in rules. That is written to
// src/core/scan/known_places.ts, which is committed: a good answer takes some minutes. A pattern that
// isn't in there gets a place at the start of each run.
import { nibblesOf } from "../src/core/scan/bucket.ts";
import { partsOf, type Pattern, spelled } from "../src/core/scan/pattern.ts";
import { BUCKET_COUNT, type Place } from "../src/core/scan/place.ts";
import { seededRandom } from "../src/testing/random.ts";
import { loadLogs } from "../tests/fuzz/corpus_lines.ts";
import { anneal } from "./anneal.ts";
import { HEALTHY_LINES } from "./healthy_lines.ts";
import { Sample } from "./sample.ts";
import { defaultPatterns } from "./tables.ts";

const FILE = new URL("../src/core/scan/known_places.ts", import.meta.url);
/** Logs are full of numbers: each line of the sample stands in it so often, each time with others. */
const VARIANTS = 5;
/** The corpus is mostly about failures, and what floods is mostly not. */
const HEALTHY_TIMES = 10;
const SEED = 1;
/** Twice as many find nothing that is much better. */
const ROUNDS = 400_000;

async function sampleText(random: () => number): Promise<Uint8Array> {
  const corpus = (await loadLogs()).flat().sort();
  const lines = [...corpus, ...Array.from({ length: HEALTHY_TIMES }, () => HEALTHY_LINES).flat()];
  const digit = () => String(Math.floor(random() * 10));
  const variants = Array.from(
    { length: VARIANTS },
    () => lines.map((line) => `${line.replace(/\d/g, digit)}\n`).join(""),
  );
  return new TextEncoder().encode(variants.join(""));
}

/** The text of known_places.ts. */
function moduleOf(places: readonly (readonly [Pattern, Place])[]): string {
  const rows = places.map(([pattern, { offset, bucket, byteBucket }]) =>
    `  ${JSON.stringify(spelled(pattern))}: ` +
    `{ offset: ${offset}, bucket: ${bucket}, byteBucket: ${byteBucket} },\n`
  );
  return `// Made by scripts/places.ts.
import type { Place } from "./place.ts";

/** By pattern, as \`spelled\` writes it. */
export const KNOWN_PLACES: Readonly<Record<string, Place>> = {
${rows.sort().join("")}};
`;
}

/** Good places for the patterns, in their order. */
function findPlaces(patterns: readonly Pattern[], sample: Sample, random: () => number): Place[] {
  const search = <Part>(
    parts: readonly (readonly Part[])[],
    cost: (parts: readonly Part[]) => number,
  ) => anneal(parts, BUCKET_COUNT, cost, random, ROUNDS);
  const byNibbles = search(
    patterns.map((pattern) => partsOf(pattern).map(nibblesOf)),
    (parts) => sample.cost(parts),
  );
  const byBytes = search(
    patterns.map((pattern, i) => [partsOf(pattern)[byNibbles[i]!.part]!]),
    (parts) => sample.costOfBytes(parts),
  );
  return byNibbles.map(({ part, bucket }, i) => ({
    offset: part,
    bucket,
    byteBucket: byBytes[i]!.bucket,
  }));
}

if (import.meta.main) {
  const random = seededRandom(SEED);
  const patterns = defaultPatterns().needed;
  const places = findPlaces(patterns, new Sample(await sampleText(random)), random);
  await Deno.writeTextFile(FILE, moduleOf(patterns.map((pattern, i) => [pattern, places[i]!])));
}
