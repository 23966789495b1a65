import { assertEquals } from "@std/assert";
import { line, rule } from "../testing/builders.ts";
import type { Context } from "./finding.ts";
import { Watch } from "./watch.ts";

function note(watch: Watch, number: number): Context {
  const matching = line("boom", { number });
  const context = { lines: [matching], omitted: undefined, matchIndex: 0 };
  watch.note(matching, context);
  return context;
}

Deno.test("Watch has nothing to tell before a match", () => {
  assertEquals(new Watch(rule()).take(), undefined);
});

Deno.test("Watch has nothing to tell below the threshold", () => {
  const watch = new Watch(rule({ window: 5, threshold: 2 }));
  note(watch, 1);
  note(watch, 6);
  assertEquals(watch.take(), undefined);
  note(watch, 10);
  assertEquals(watch.take()?.matches, 3);
});

Deno.test("Watch tells the first match, the last one and the last one's context", () => {
  const watched = rule({ threshold: 2 });
  const watch = new Watch(watched);
  note(watch, 3);
  const context = note(watch, 7);
  assertEquals(watch.take(), {
    rule: watched,
    matches: 2,
    firstMatch: line("boom", { number: 3 }),
    lastMatch: line("boom", { number: 7 }),
    context,
  });
});

Deno.test("Watch tells once that it was met, and again only after a further match", () => {
  const watch = new Watch(rule());
  note(watch, 1);
  assertEquals(watch.take()?.lastMatch.number, 1);
  assertEquals(watch.take(), undefined);
  note(watch, 2);
  assertEquals(watch.take()?.lastMatch.number, 2);
});

Deno.test("Watch stays met although later matches fall out of the window", () => {
  const watch = new Watch(rule({ window: 5, threshold: 2 }));
  note(watch, 1);
  note(watch, 2);
  const context = note(watch, 100);
  const finding = watch.take();
  assertEquals([finding?.lastMatch.number, finding?.context], [100, context]);
});
