// Replays the labelled logs of tests/corpus and says what each profile made of them:
//   deno run --allow-read scripts/corpus.ts
// Exits with 1 where `default` misses, misnames or kills wrongly.
import { builtInRules } from "../src/core/rule_set.ts";
import { loadCases } from "./corpus_case.ts";
import { replay } from "./corpus_replay.ts";
import { describeFault, isFault, type Outcome, renderTable } from "./corpus_table.ts";

const cases = await loadCases(new URL("../tests/corpus/", import.meta.url));
const replayAll = (profile: "default" | "classic"): Outcome[] => {
  const rules = builtInRules(profile);
  return cases.map((each) => ({ case: each, got: replay(each.log, rules) }));
};
const outcomes = { default: replayAll("default"), classic: replayAll("classic") };

console.log(renderTable(outcomes));
const faults = outcomes.default.filter(isFault);
for (const fault of faults) console.log(`tests/corpus/${describeFault(fault)}`);
console.log(`corpus: ${cases.length} cases, ${faults.length} faults of default`);
Deno.exit(faults.length === 0 ? 0 : 1);
