// Writes what the filter looks up for the built-in rules into src/core/scan/known_tables.ts, which is
// committed: to work it out takes some 6 ms, which the child's output would wait for at each start.
import { createDetector } from "../src/core/detector.ts";
import { builtInRules } from "../src/core/rule_set.ts";
import { buildTables, withoutCovered } from "../src/core/scan/filter_tables.ts";
import { HintIndex } from "../src/core/scan/hint_index.ts";
import { type Pattern, spelled } from "../src/core/scan/pattern.ts";
import { codeModule } from "./code_module.ts";

export const MODULE = new URL("../src/core/scan/known_tables.ts", import.meta.url);

/** The patterns that a run with the rules of `default` looks for, and those that they make superfluous. */
export function defaultPatterns(): { all: readonly Pattern[]; needed: readonly Pattern[] } {
  const all = new HintIndex(builtInRules("default").map(createDetector)).patterns;
  return { all, needed: withoutCovered(all) };
}

/** The text of known_tables.ts. */
export function tablesModule(): string {
  const { all, needed } = defaultPatterns();
  const { nibbles, known: { begins, pairs, grams } } = buildTables(all);
  const covered = all.filter((pattern) => !needed.includes(pattern)).map(spelled).sort();
  return [
    codeModule("KNOWN_TABLES", {
      by: "tables.ts",
      sources: ["known_places.ts"],
      code: new Uint8Array([nibbles, begins, pairs, grams].flatMap((table) => [...table])),
    }),
    "/** Patterns in which another one stands, as `spelled` writes them. */",
    "export const COVERED: readonly string[] = [",
    ...covered.map((name) => `  ${JSON.stringify(name)},`),
    "];",
    "",
  ].join("\n");
}

if (import.meta.main) await Deno.writeTextFile(MODULE, tablesModule());
