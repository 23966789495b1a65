import type { Dice } from "./dice.ts";
import { errorLine } from "./error_lines.ts";
import { PREFIXES } from "./vocabulary.ts";

const CORPUS = new URL("../corpus/", import.meta.url);

/** The logs of the labelled corpus as lines, without the headers of its files. */
export async function loadLogs(folder = CORPUS): Promise<string[][]> {
  const logs: string[][] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) logs.push(...await loadLogs(new URL(`${name}/`, folder)));
    if (!name.endsWith(".log")) continue;
    const text = await Deno.readTextFile(new URL(name, folder));
    logs.push(text.slice(text.indexOf("---\n") + 4).split(/\r\n|\r|\n/));
  }
  return logs;
}

/** A piece of a real log, with some of its lines changed in a small way. */
export function mutatedLines(dice: Dice, logs: readonly string[][], count: number): string[] {
  const lines: string[] = [];
  while (lines.length < count) {
    const log = dice.pick(logs);
    const start = dice.int(0, log.length - 1);
    const piece = log.slice(start, start + dice.int(1, 30));
    lines.push(...piece.flatMap((line) => dice.chance(0.2) ? mutated(dice, line, log) : [line]));
  }
  return lines;
}

function mutated(dice: Dice, line: string, log: readonly string[]): string[] {
  const at = dice.int(0, line.length);
  const to = dice.int(at, Math.min(at + 10, line.length));
  return dice.oneOf<string[]>(
    () => [],
    () => [line, line],
    () => [line.slice(0, at) + line.slice(to)],
    () => [
      line.slice(0, at) + dice.pick(["\x1b[0m", "\r", " ", ":", "\0", "é", "503"]) + line.slice(at),
    ],
    () => [line.slice(0, at), line.slice(at)],
    () => [line + dice.pick(log)],
    () => [dice.pick(PREFIXES) + line],
    () => [errorLine(dice), line],
    () => [JSON.stringify({ level: dice.pick(["error", "info"]), msg: line })],
  );
}
