import { assert, assertEquals, assertThrows } from "@std/assert";
import { bytes, rule } from "../testing/builders.ts";
import type { Finding } from "./finding.ts";
import type { StreamName } from "./line.ts";
import { Monitor, type MonitorOptions } from "./monitor.ts";

function monitor(options: Partial<MonitorOptions> = {}): Monitor {
  return new Monitor({ rules: [rule()], bufferLines: 100, contextLines: 10, ...options });
}

function push(target: Monitor, text: string, stream: StreamName = "stdout", now = 0): void {
  target.push(stream, bytes(text), now);
}

function context(finding: Finding | undefined): string[] | undefined {
  return finding?.context.lines.map((line) => line.text);
}

/** `step 1` to `step count`, a line each. */
function steps(count: number): string {
  return Array.from({ length: count }, (_, i) => `step ${i + 1}\n`).join("");
}

Deno.test("Monitor finds nothing in healthy output", () => {
  const watched = monitor();
  push(watched, steps(300));
  assertEquals(watched.evaluate(0), undefined);
  assertEquals(watched.lines, 300);
});

Deno.test("Monitor shows the lines before the match, oldest first, and the match last", () => {
  const watched = monitor({ contextLines: 3 });
  push(watched, `${steps(5)}  boom now\nafter\n`);
  const found = watched.evaluate(0);
  assertEquals(context(found), ["step 3", "step 4", "step 5", "  boom now"]);
  assertEquals(found?.context.matchIndex, 2);
  assertEquals(found?.context.omitted, undefined);
});

Deno.test("Monitor shows only the match where no context is wanted", () => {
  const watched = monitor({ contextLines: 0 });
  push(watched, "before\nboom\n");
  assertEquals(context(watched.evaluate(0)), ["boom"]);
});

Deno.test("Monitor shows what there is where the match comes early", () => {
  const watched = monitor();
  push(watched, "first\nboom\n");
  assertEquals(context(watched.evaluate(0)), ["first", "boom"]);
});

Deno.test("Monitor still finds a match after 500 further lines, with its own context", () => {
  const watched = monitor({ contextLines: 2 });
  push(watched, `before 1\nbefore 2\nboom\n${steps(500)}`);
  assertEquals(context(watched.evaluate(5000)), ["before 1", "before 2", "boom"]);
});

Deno.test("Monitor gives the context of the last match", () => {
  const watched = monitor({ contextLines: 1 });
  push(watched, `a\nboom 1\n${steps(200)}b\nboom 2\n${steps(200)}`);
  const found = watched.evaluate(0);
  assertEquals(context(found), ["b", "boom 2"]);
  assertEquals([found?.matches, found?.firstMatch.text], [2, "boom 1"]);
});

Deno.test("Monitor gives the first rule in list order, whichever line came first", () => {
  const first = rule({ id: "first", matcher: { kind: "pattern", pattern: "late" } });
  const second = rule({ id: "second", matcher: { kind: "pattern", pattern: "early" } });
  const watched = monitor({ rules: [first, second] });
  push(watched, "early\nlate\n");
  assertEquals(watched.evaluate(0)?.rule.id, "first");
  assertEquals(watched.evaluate(0)?.rule.id, "second");
  assertEquals(watched.evaluate(0), undefined);
});

Deno.test("Monitor wants K matches within W lines", () => {
  const twice = rule({ window: 10, threshold: 2 });
  const apart = monitor({ rules: [twice] });
  push(apart, `boom\n${steps(9)}boom\n`);
  assertEquals(apart.evaluate(0), undefined);
  const close = monitor({ rules: [twice] });
  push(close, `boom\n${steps(8)}boom\n`);
  assertEquals(close.evaluate(0)?.matches, 2);
});

Deno.test("Monitor counts the lines of both streams in one window", () => {
  const watched = monitor({ rules: [rule({ window: 3, threshold: 2 })] });
  push(watched, "boom\n", "stdout");
  push(watched, "x\nx\n", "stderr");
  push(watched, "boom\n", "stdout");
  assertEquals(watched.evaluate(0), undefined);
});

Deno.test("Monitor numbers the lines of both streams together, in order of arrival", () => {
  const watched = monitor();
  push(watched, "out 1\nout 2, unfinished", "stdout", 1);
  push(watched, "err 1\n", "stderr", 2);
  push(watched, " and finished\n", "stdout", 3);
  push(watched, "boom\n", "stderr", 4);
  const found = watched.evaluate(5);
  assertEquals(found?.context.lines, [
    { number: 1, stream: "stdout", text: "out 1", at: 1 },
    { number: 2, stream: "stderr", text: "err 1", at: 2 },
    { number: 3, stream: "stdout", text: "out 2, unfinished and finished", at: 3 },
    { number: 4, stream: "stderr", text: "boom", at: 4 },
  ]);
});

Deno.test("Monitor doesn't join the unfinished lines of two streams", () => {
  const watched = monitor();
  push(watched, "bo", "stdout");
  push(watched, "om\n", "stderr");
  assertEquals(watched.evaluate(0), undefined);
});

Deno.test("Monitor counts an unfinished last line at the end, not before", () => {
  const watched = monitor();
  push(watched, "boom");
  assertEquals(watched.evaluate(0), undefined);
  watched.end("stdout", 7);
  assertEquals(watched.evaluate(7)?.lastMatch, {
    number: 1,
    stream: "stdout",
    text: "boom",
    at: 7,
  });
});

Deno.test("Monitor matches through colours and in redrawn progress lines", () => {
  const watched = monitor();
  push(watched, "10%\r20%\rbo\x1b[31mom\x1b[0m\r30%\r");
  assertEquals(context(watched.evaluate(0)), ["10%", "20%", "boom"]);
});

Deno.test("Monitor tells of each line that matched, and not of others", () => {
  let told = 0;
  const watched = monitor({ rules: [rule(), rule({ id: "same" })], onMatch: () => told++ });
  push(watched, "a\nboom\nb\n");
  assertEquals(told, 1);
  push(watched, "boom\n");
  assertEquals(told, 2);
});

Deno.test("Monitor no longer watches for a retired rule", () => {
  const retired = rule();
  const watched = monitor({ rules: [retired, rule({ id: "other" })] });
  push(watched, "boom\n");
  watched.retire(retired);
  assertEquals(watched.evaluate(0)?.rule.id, "other");
  push(watched, "boom\n");
  assertEquals(watched.evaluate(0)?.rule.id, "other");
  assertEquals(watched.evaluate(0), undefined);
});

Deno.test("Monitor refuses a pattern that isn't a regular expression", () => {
  const broken = rule({ matcher: { kind: "pattern", pattern: "[" } });
  assertThrows(() => monitor({ rules: [broken] }), SyntaxError, "rule boom: pattern /[/");
});

Deno.test("Monitor watches nothing without rules", () => {
  const watched = monitor({ rules: [] });
  push(watched, "boom\n");
  assertEquals(watched.evaluate(0), undefined);
  assert(watched.lines === 1);
});
