import type { StreamName } from "../../src/core/line.ts";
import { splitAtLf } from "./byte_arrays.ts";
import { mutatedLines } from "./corpus_lines.ts";
import { Dice } from "./dice.ts";
import { errorLine, errorLines } from "./error_lines.ts";
import type { FuzzCase, Step } from "./fuzz_case.ts";
import { chunks, corrupted, hardLines, joined } from "./random_bytes.ts";
import { customRules, randomRules, WORDS } from "./random_rules.ts";

/** The case that belongs to a seed; `logs` are real ones to take lines from. */
export function randomCase(seed: number, logs: readonly string[][]): FuzzCase {
  const dice = new Dice(seed);
  const kind = dice.pick(["errors", "corpus", "words", "hard"] as const);
  const lines = () => {
    const count = dice.int(1, dice.pick([5, 20, 80]));
    if (kind === "errors") return errorLines(dice, count);
    if (kind === "corpus") return mutatedLines(dice, logs, count);
    return kind === "words" ? wordLines(dice, count) : hardLines(dice, count);
  };
  const streams = dice.pick<StreamName[]>([["stdout"], ["stderr"], ["stdout", "stderr"]]);
  const pieces = streams.map((stream) => {
    const bytes = joined(dice, dice.chance(0.5) ? lines() : padded(dice, lines()));
    const odd = dice.chance(kind === "hard" ? 0.5 : 0.1) ? corrupted(dice, bytes) : bytes;
    return { stream, chunks: dice.chance(0.5) ? splitAtLf(odd) : chunks(dice, odd) };
  });
  return {
    rules: kind === "errors" || kind === "corpus" ? randomRules(dice) : customRules(dice),
    bufferLines: dice.pick([1, 2, 5, 30, 100]),
    contextLines: dice.pick([0, 1, 3, 10, 50]),
    immediate: dice.chance(0.5),
    retires: dice.chance(0.3),
    steps: steps(dice, pieces),
    minFiltered: dice.pick([1, 1, 40, 1024]),
  };
}

/** With lines in between that nobody looks for. */
function padded(dice: Dice, lines: readonly string[]): string[] {
  const most = dice.pick([1, 5, 60]);
  return lines.flatMap((
    line,
  ) => [line, ...dice.times(dice.int(0, most), () => "step 5 of 9 done")]);
}

/** Lines of a few words, JSON and tracebacks, for rules that count them. */
function wordLines(dice: Dice, count: number): string[] {
  return dice.times(count, () => {
    if (dice.chance(0.3)) return "nothing";
    const word = dice.pick(WORDS);
    return dice.oneOf(
      () => word,
      () => word,
      () => `${word} ${dice.pick(WORDS)}`,
      () => JSON.stringify({ level: "error", msg: word }),
      () => `KeyError: ${word}`,
      () => dice.pick(["Traceback (most recent call last):", "  f()", "ValueError"]),
      () => "Traceback (most recent call last):\n  f()\nValueError",
      () => errorLine(dice),
    );
  });
}

/** The chunks of the streams in a random order, with evaluations in between and time passing. */
function steps(dice: Dice, pieces: { stream: StreamName; chunks: Uint8Array[] }[]): Step[] {
  const [often, longest] = [dice.pick([0, 0.05, 0.3, 1]), dice.pick([0, 1, 30, 500, 20_000])];
  const made: Step[] = [];
  let at = dice.int(0, 1000);
  let open = pieces.map(({ stream, chunks }) => ({ stream, chunks: [...chunks] }));
  while (open.length > 0) {
    if (dice.chance(0.5)) at += dice.int(0, longest);
    const { stream, chunks } = dice.pick(open);
    const bytes = chunks.shift();
    if (bytes !== undefined) made.push({ do: "push", stream, bytes, at });
    else {
      if (dice.chance(0.9)) made.push({ do: "end", stream, at });
      open = open.filter((other) => other.stream !== stream);
    }
    if (!dice.chance(often)) continue;
    if (dice.chance(0.3)) at += dice.int(0, longest);
    made.push({ do: "evaluate", all: dice.chance(0.7), at });
  }
  at += dice.int(0, longest);
  made.push({ do: "evaluate", all: true, at });
  if (dice.chance(0.5)) made.push({ do: "evaluate", all: true, at: Infinity });
  return made;
}
