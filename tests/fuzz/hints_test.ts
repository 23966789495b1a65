// No line that a rule matches may be kept from it by the cheap look beforehand: its own hint, or
// the one for statuses. Random lines for a quarter of FUZZ_SECONDS, from FUZZ_SEED on.
import { assertEquals } from "@std/assert";
import { createDetector } from "../../src/core/detector.ts";
import { DEFAULT_RULES } from "../../src/core/rules/default.ts";
import { HintIndex } from "../../src/core/scan/hint_index.ts";
import { Statement } from "../../src/core/statement.ts";
import { line } from "../../src/testing/builders.ts";
import { passes } from "./byte_look.ts";
import { loadLogs, mutatedLines } from "./corpus_lines.ts";
import { Dice } from "./dice.ts";
import { loggedLine } from "./error_lines.ts";
import { EagerStatement } from "./reference.ts";

const ROLES = ["outside", "header", "body", "exception"] as const;
const DETECTORS = DEFAULT_RULES.map(createDetector);
const INDEX = new HintIndex(DETECTORS);
const PASSES = passes(INDEX);
const SECONDS = Number(Deno.env.get("FUZZ_SECONDS") ?? 8) / 4;

/** The rules that match a line although a cheap look says that none can. */
function unseen(text: string): string[] {
  const found = new Set<string>();
  const bits = INDEX.look(text);
  if (bits !== 0 && PASSES(text)) found.add("its bytes");
  for (const role of ROLES) {
    const [eager, lazy] = [new EagerStatement(line(text), role), new Statement(line(text), role)];
    for (const [index, { rule, find }] of DETECTORS.entries()) {
      if (find(eager) === -1) continue;
      if (!INDEX.concerns(index, bits)) found.add(`${rule.id}: hint`);
      if (find(lazy) === -1) found.add(`${rule.id}: mayHaveStatus`);
    }
  }
  return [...found];
}

function check(lines: Iterable<string>): void {
  const all = [...new Set(lines)].map((text) => ({ text, rules: unseen(text) }));
  assertEquals(all.filter(({ rules }) => rules.length > 0), []);
}

Deno.test("the hints let every line of the corpus through that a rule matches", async () => {
  check((await loadLogs()).flat());
});

Deno.test("the hints let every random line through that a rule matches", async () => {
  const logs = await loadLogs();
  const dice = new Dice(Number(Deno.env.get("FUZZ_SEED") ?? 1));
  const deadline = Date.now() + SECONDS * 1000;
  do {
    const logged = dice.times(200, () => loggedLine(dice));
    check([...logged, ...mutatedLines(dice, logs, 200)]);
  } while (Date.now() < deadline);
});
