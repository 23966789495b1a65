// Random agents for SOAK_SECONDS (120), from the seed SOAK_SEED (1), each with one right outcome.
// SOAK_RUNS ends it after so many: SOAK_SEED=N SOAK_RUNS=1 is the case N again.
import { assertEquals } from "@std/assert";
import { LongRun } from "./long_run.ts";
import { problems } from "./oracle.ts";
import { ownMessages } from "./own_messages.ts";
import { randomCase } from "./random_case.ts";
import { runCase } from "./run_case.ts";
import { Tally } from "./tally.ts";

const SECONDS = Number(Deno.env.get("SOAK_SECONDS") ?? 120);
/** The same one each time, so that a change is blamed only for what it changes. */
const SEED = Number(Deno.env.get("SOAK_SEED") ?? 1);
const RUNS = Number(Deno.env.get("SOAK_RUNS") ?? Infinity);
const WORKERS = 2;

Deno.test(`${SECONDS} s of random agents from seed ${SEED} end as they have to`, async () => {
  const deadline = performance.now() + SECONDS * 1000;
  const tally = new Tally();
  const long = RUNS === Infinity ? new LongRun(SEED) : undefined;
  let next = SEED;
  const work = async () => {
    while (next < SEED + RUNS && performance.now() < deadline) {
      const soaked = randomCase(next++);
      const outcome = await runCase(soaked);
      const found = problems(soaked, outcome);
      tally.add(soaked, outcome, found);
      if (found.length === 0) continue;
      console.log(
        `\nSOAK_SEED=${soaked.seed} SOAK_RUNS=1: ${soaked.kind}\n  ${found.join("\n  ")}`,
      );
      const { options, steps, signals, reader } = soaked;
      console.log(JSON.stringify({ options, steps, signals, reader }));
      console.log(ownMessages(outcome.err).replace(/^/gm, "  | "));
    }
  };
  const longReport = await Promise.all(Array.from({ length: WORKERS }, work))
    .then(() => long?.end(), async (error) => {
      await long?.end();
      throw error;
    });
  console.log(`\nsoak: seed ${SEED}, ${WORKERS} workers\n${tally.text(longReport)}`);
  assertEquals(tally.failures(longReport), []);
});
