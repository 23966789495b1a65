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
  assertEquals(new Watch(rule()).take(1e9), undefined);
});

Deno.test("Watch has nothing to tell below the threshold", () => {
  const watch = new Watch(rule({ window: 5, threshold: 2 }));
  note(watch, 1);
  note(watch, 6);
  assertEquals(watch.take(1e9), undefined);
  note(watch, 10);
  assertEquals(watch.take(1e9)?.matches, 3);
});

Deno.test("Watch tells the first match, the last one and the last one's context", () => {
  const watched = rule({ threshold: 2 });
  const watch = new Watch(watched);
  note(watch, 3);
  const context = note(watch, 7);
  assertEquals(watch.take(1e9), {
    rule: watched,
    metAt: 0,
    matches: 2,
    firstMatch: line("boom", { number: 3 }),
    lastMatch: line("boom", { number: 7 }),
    context,
  });
});

Deno.test("Watch tells once that it was met, and again only after a further match", () => {
  const watch = new Watch(rule());
  note(watch, 1);
  assertEquals(watch.take(1e9)?.lastMatch.number, 1);
  assertEquals(watch.take(1e9), undefined);
  note(watch, 2);
  assertEquals(watch.take(1e9)?.lastMatch.number, 2);
});

Deno.test("Watch stays met although later matches fall out of the window", () => {
  const watch = new Watch(rule({ window: 5, threshold: 2 }));
  note(watch, 1);
  note(watch, 2);
  const context = note(watch, 100);
  const finding = watch.take(1e9);
  assertEquals([finding?.lastMatch.number, finding?.context], [100, context]);
});

function noteAt(watch: Watch, number: number, at: number): void {
  const matching = line("boom", { number, at });
  watch.note(matching, { lines: [matching], omitted: undefined, matchIndex: 0 });
}

Deno.test("Watch wants its matches within the time that the rule gives", () => {
  const slow = new Watch(rule({ threshold: 2, withinMs: 60_000 }));
  noteAt(slow, 1, 0);
  noteAt(slow, 2, 60_001);
  assertEquals(slow.take(1e9), undefined);
  noteAt(slow, 3, 120_001);
  assertEquals(slow.take(1e9)?.lastMatch.number, 3);
});

Deno.test("Watch counts anew after a clearing line", () => {
  const watch = new Watch(rule({ threshold: 2, clears: ["recovered"] }));
  noteAt(watch, 1, 0);
  watch.observe(line("recovered", { number: 2 }));
  noteAt(watch, 3, 0);
  assertEquals(watch.take(1e9), undefined);
  noteAt(watch, 4, 0);
  assertEquals(watch.take(1e9)?.matches, 3);
});

Deno.test("Watch waits for the confirmation, which a clearing line takes away", () => {
  const fields = { confirmMs: 5000, clears: ["recovered"] };
  const confirmed = new Watch(rule(fields));
  noteAt(confirmed, 1, 1000);
  assertEquals([confirmed.take(5999), confirmed.dueAt], [undefined, 6000]);
  assertEquals(confirmed.take(6000)?.lastMatch.number, 1);
  const cleared = new Watch(rule(fields));
  noteAt(cleared, 1, 1000);
  cleared.observe(line("recovered", { number: 2 }));
  assertEquals([cleared.take(1e9), cleared.dueAt], [undefined, undefined]);
});
