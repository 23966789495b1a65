// The engine against a plain reference of it, on random input, for FUZZ_SECONDS (8 where unset).
// FUZZ_SEED is the first case's seed; each further case has the next number.
import { assert } from "@std/assert";
import { describe, difference } from "./compare.ts";
import { loadLogs } from "./corpus_lines.ts";
import { randomCase } from "./random_case.ts";
import { shrink } from "./shrink.ts";

const SECONDS = Number(Deno.env.get("FUZZ_SECONDS") ?? 8);
/** The same one each time, so that a change is blamed only for what it changes. */
const SEED = Number(Deno.env.get("FUZZ_SEED") ?? 1);

Deno.test("the engine and its plain reference find the same", async () => {
  const logs = await loadLogs();
  assert(logs.length > 0, "no corpus to take lines from");
  const deadline = Date.now() + SECONDS * 1000;
  let seed = SEED;
  try {
    do {
      const fuzzed = randomCase(seed, logs);
      if (difference(fuzzed) === undefined) continue;
      const small = shrink(fuzzed, (candidate) => difference(candidate) !== undefined);
      throw new Error(
        `They differ; again with FUZZ_SEED=${seed}\n${describe(small)}\n${difference(small)}`,
      );
    } while (++seed && Date.now() < deadline);
  } finally {
    const runs = seed - SEED;
    console.log(`fuzz: ${runs} cases from seed ${SEED} in up to ${SECONDS} s`);
  }
});
