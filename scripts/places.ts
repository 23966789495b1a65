// Says where the filter should look for each pattern of the built-in rules. That is written to
// src/core/scan/known_places.ts, which is committed: a good answer takes a minute. A pattern that
// isn't in there gets a place at the start of each run.
import { type Pattern, spelled } from "../src/core/scan/pattern.ts";
import { BUCKET_COUNT, type Place } from "../src/core/scan/place.ts";
import { seededRandom } from "../src/testing/random.ts";
import { loadLogs } from "../tests/fuzz/corpus_lines.ts";
import { anneal, Sample } from "./anneal.ts";
import { defaultPatterns } from "./tables.ts";

const FILE = new URL("../src/core/scan/known_places.ts", import.meta.url);
/** Logs are full of numbers: each line of the sample stands in it so often, each time with others. */
const VARIANTS = 5;
const SEED = 1;
/** Twice as many find nothing that is much better. */
const ROUNDS = 400_000;

async function sampleText(random: () => number): Promise<Uint8Array> {
  const lines = (await loadLogs()).flat().sort();
  const digit = () => String(Math.floor(random() * 10));
  const variants = Array.from(
    { length: VARIANTS },
    () => lines.map((line) => `${line.replace(/\d/g, digit)}\n`).join(""),
  );
  return new TextEncoder().encode(variants.join(""));
}

/** The text of known_places.ts. */
function moduleOf(places: readonly (readonly [Pattern, Place])[]): string {
  const rows = places.map(([pattern, { offset, bucket }]) =>
    `  ${JSON.stringify(spelled(pattern))}: { offset: ${offset}, bucket: ${bucket} },\n`
  );
  return `// Made by scripts/places.ts.
import type { Place } from "./place.ts";

/** By pattern, as \`spelled\` writes it. */
export const KNOWN_PLACES: Readonly<Record<string, Place>> = {
${rows.sort().join("")}};
`;
}

if (import.meta.main) {
  const random = seededRandom(SEED);
  const patterns = defaultPatterns().needed;
  const sample = new Sample(await sampleText(random));
  const places = anneal(patterns, BUCKET_COUNT, sample, random, ROUNDS);
  await Deno.writeTextFile(FILE, moduleOf(patterns.map((pattern, i) => [pattern, places[i]!])));
}
