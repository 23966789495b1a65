import { assertEquals } from "@std/assert";
import { replay } from "../../scripts/corpus_replay.ts";
import { builtInRules } from "../../src/core/rule_set.ts";
import {
  generateBlock,
  generateReadLines,
  LINE_BYTES,
  NEEDLE_EVERY,
  writeLog,
} from "./log_data.ts";
import { HintIndex } from "../../src/core/scan/hint_index.ts";
import { createDetector } from "../../src/core/detector.ts";

const LINES = 5000;
const BLOCK = generateBlock(LINES);
const TEXT = new TextDecoder().decode(BLOCK);

Deno.test("generateBlock() has lines of one length, in ASCII", () => {
  const lengths = new Set(TEXT.trimEnd().split("\n").map((line) => line.length + 1));
  assertEquals([...lengths], [LINE_BYTES]);
  assertEquals(BLOCK.length, LINES * LINE_BYTES);
});

Deno.test("generateBlock() is the same at every call", () => {
  assertEquals(generateBlock(LINES), BLOCK);
});

Deno.test("generateBlock() has words that rules look for in one line of a thousand", () => {
  const needles = TEXT.split("\n").filter((line) =>
    /error|status|code|exception|wandb|quota|\b[45]\d\d:? [A-Z]/.test(line)
  );
  assertEquals(needles.length, LINES / NEEDLE_EVERY);
});

Deno.test("generateReadLines() has lines of one length that are all read and fire no rule", () => {
  const block = generateReadLines(500);
  const rules = builtInRules("default");
  const index = new HintIndex(rules.map(createDetector));
  assertEquals(block.length, 500 * LINE_BYTES);
  for (const line of new TextDecoder().decode(block).trimEnd().split("\n")) {
    assertEquals([line.length + 1, index.look(line) !== 0], [LINE_BYTES, true], line);
  }
  assertEquals(replay(block, rules), null);
});

for (const profile of ["default", "classic"] as const) {
  Deno.test(`generateBlock() fires no rule of ${profile}`, () => {
    assertEquals(replay(BLOCK, builtInRules(profile)), null);
  });
}

Deno.test("writeLog() writes whole lines, and goes round where the block ends", async () => {
  const path = await Deno.makeTempFile();
  try {
    await writeLog(path, 8_000_000 + 150);
    const bytes = await Deno.readFile(path);
    assertEquals(bytes.length, 8_000_000 + 200);
    assertEquals(bytes.slice(8_000_000), bytes.slice(0, 200));
  } finally {
    await Deno.remove(path);
  }
});
