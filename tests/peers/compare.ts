// bailout beside tini and dumb-init: the signal matrix and the trees of the tests, as a table.
//   deno run -A tests/peers/compare.ts
import { Stage } from "../helpers/bailout.ts";
import { buryAll } from "../helpers/orphanage.ts";
import { MOMENTS, runSignalCase, SIGNAL_CASES, SIGNALS } from "../helpers/signal_cases.ts";
import { SUPERVISORS, versions } from "./supervisors.ts";
import { TREE_CASES } from "./tree_cases.ts";

/** Runs one case and clears up after it; the reason why it failed, if it did. */
async function failure(body: (stage: Stage) => Promise<void>): Promise<string | undefined> {
  const stage = new Stage();
  try {
    await body(stage);
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0] : String(error);
  } finally {
    stage.killAll();
    buryAll(stage.started);
  }
}

function print(cells: readonly string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

const names = await versions();
print(["case", ...names]);
print(["---", ...names.map(() => "---")]);
const verbose = Deno.args.includes("--verbose");

for (const signal of SIGNALS) {
  for (const moment of MOMENTS) {
    const cases = SIGNAL_CASES.filter((one) => one.signal === signal && one.moment === moment);
    const cells = [];
    for (const supervisor of SUPERVISORS) {
      let passed = 0;
      for (const one of cases) {
        const why = await failure((stage) => runSignalCase(stage, supervisor, one));
        if (why === undefined) passed++;
        else if (verbose) console.error(`${supervisor.name}: ${signal} ${moment}: ${why}`);
      }
      cells.push(`${passed}/${cases.length}`);
    }
    print([`${signal}, ${moment}`, ...cells]);
  }
}
for (const { name, run } of TREE_CASES) {
  const cells = [];
  for (const supervisor of SUPERVISORS) {
    const why = await failure((stage) => run(stage, supervisor));
    if (why !== undefined && verbose) console.error(`${supervisor.name}: ${name}: ${why}`);
    cells.push(why === undefined ? "yes" : "no");
  }
  print([name, ...cells]);
}
