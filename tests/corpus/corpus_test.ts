// Every labelled log through the engine, with the default rules: `make corpus` prints the table.
import { assertEquals } from "@std/assert";
import { loadCases } from "../../scripts/corpus_case.ts";
import { replay } from "../../scripts/corpus_replay.ts";
import { builtInRules } from "../../src/core/rule_set.ts";

const RULES = builtInRules("default");

for (const each of await loadCases(new URL("./", import.meta.url))) {
  Deno.test(`corpus: ${each.name}`, () => assertEquals(replay(each.log, RULES), each.expect));
}
