import { assertEquals } from "@std/assert";
import { bytes, rule } from "../testing/builders.ts";
import { Monitor, type MonitorOptions } from "./monitor.ts";
import { DEFAULT_RULES } from "./rules/default.ts";

const BOOM = rule({ hints: ["boom"] });

function monitor(options: Partial<MonitorOptions> = {}): Monitor {
  return new Monitor({
    rules: [BOOM],
    bufferLines: 100,
    contextLines: 2,
    minFiltered: 1,
    ...options,
  });
}

/** Pushes a chunk whose buffer is overwritten afterwards, as the pump does. */
function push(target: Monitor, text: string, stream: "stdout" | "stderr" = "stdout"): void {
  const chunk = bytes(text);
  target.push(stream, chunk, 0);
  chunk.fill(0x58);
}

const found = (target: Monitor) =>
  target.evaluate(0)?.context.lines.map(({ number, text }) => `${number} ${text}`);

Deno.test("lines that passed unread are counted, and stand in the context", () => {
  const watched = monitor();
  push(watched, "a\nb\r\nc\rd\nboom\ne\n");
  assertEquals(watched.lines, 6);
  assertEquals(found(watched), ["3 c", "4 d", "5 boom"]);
});

Deno.test("the context reaches back into chunks that have been overwritten, of both streams", () => {
  const watched = monitor({ contextLines: 4 });
  push(watched, "a\nb\nc\n");
  push(watched, "x\ny\n", "stderr");
  push(watched, "boom\n");
  assertEquals(found(watched), ["2 b", "3 c", "4 x", "5 y", "6 boom"]);
});

Deno.test("a line that came in two chunks is one line of the context", () => {
  const watched = monitor();
  push(watched, "a\nb");
  push(watched, "b\nboom\n");
  assertEquals(found(watched), ["1 a", "2 bb", "3 boom"]);
});

Deno.test("chunks that lie in the monitor's own room are as good as others", () => {
  const watched = monitor({ contextLines: 4 });
  assertEquals(watched.room, undefined);
  push(watched, "a\n");
  for (const text of ["b\nc\nd", "e\r\nf\nbo", "om\ng\n"]) {
    const chunk = watched.room!.subarray(0, text.length);
    chunk.set(bytes(text));
    watched.push("stdout", chunk, 0);
    chunk.fill(0x58);
  }
  assertEquals(found(watched), ["2 b", "3 c", "4 de", "5 f", "6 boom"]);
  assertEquals(watched.lines, 7);
});

Deno.test("a word that escape sequences cut in two is seen", () => {
  const watched = monitor();
  push(watched, "a\nbo\x1b[31mom\n");
  assertEquals(found(watched), ["1 a", "2 boom"]);
});

Deno.test("a rule may look for words that every JavaScript object has", () => {
  for (const word of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    const watched = monitor({
      rules: [rule({ matcher: { kind: "pattern", pattern: word }, hints: [word] })],
    });
    push(watched, `step 1\nno ${word}\nstep 2\n`);
    assertEquals(found(watched)?.at(-1), `2 no ${word}`);
  }
});

Deno.test("lines without any hint clear a count all the same", () => {
  const rules = [rule({ hints: ["boom"], threshold: 2, window: 10, clears: ["well"] })];
  const watched = monitor({ rules });
  push(watched, "boom\nall is well\nboom\n");
  assertEquals(found(watched), undefined);
  push(watched, "nothing\nboom\n");
  assertEquals(found(watched)?.at(-1), "5 boom");
});

Deno.test("the lines of a traceback are all read, whatever stands in them", () => {
  const watched = monitor({ rules: DEFAULT_RULES, contextLines: 0 });
  const frames = ['  File "a.py", line 1, in f', "    f()", "my.Odd: gone"].join("\n");
  push(watched, `step 1\nTraceback (most recent call last):\n${frames}\nstep 2\nstep 3\n`);
  const finding = watched.evaluate(1000);
  assertEquals(finding?.rule.id, "python-exception");
  assertEquals(finding?.context.lines.map(({ number }) => number), [2, 3, 4, 5]);
});

Deno.test("the line before is remembered while the other stream floods", () => {
  const watched = monitor({ rules: DEFAULT_RULES });
  const quiet = "nothing to see here\n".repeat(300);
  push(watched, `${quiet}upload failed, retrying in 2 s\n`.replace("failed", "slow"), "stderr");
  for (let i = 0; i < 9; i++) push(watched, quiet.replaceAll("nothing", "anything"));
  push(watched, 'Traceback (most recent call last):\n  File "a.py", line 1\nmy.Odd: x\n', "stderr");
  push(watched, "on we go\n", "stderr");
  assertEquals(watched.evaluate(Infinity), undefined);
});

Deno.test("timeOf() is asked for the lines that are read, and their time is the finding's", () => {
  const asked: number[] = [];
  const watched = monitor({ timeOf: (index) => (asked.push(index), index * 10) });
  push(watched, "a\nb\nboom\nc\n");
  assertEquals(asked, [4]);
  assertEquals(watched.evaluate(100)?.firstMatch.at, 40);
});

Deno.test("a warm-up leaves no trace", () => {
  const watched = monitor({ rules: DEFAULT_RULES, contextLines: 10 });
  let steps = 0;
  const warmUp = watched.warmUp();
  while (!warmUp.next().done) steps++;
  assertEquals(steps > DEFAULT_RULES.length, true);
  assertEquals([watched.lines, watched.settlesAt, watched.evaluate(0)], [0, undefined, undefined]);
  push(watched, "step 1\nPermissionDenied: 403 no\n");
  assertEquals(found(watched), ["1 step 1", "2 PermissionDenied: 403 no"]);
});
