import { assert, assertEquals } from "@std/assert";
import { bytes, rule } from "../../testing/builders.ts";
import type { Rule } from "../rule.ts";
import { LineExplainer, type LineExplanation } from "./line_explainer.ts";

const ENGINE = { bufferLines: 100, contextLines: 2 };

function explain(log: string, line: number, rules: readonly Rule[]): LineExplanation | undefined {
  const explainer = new LineExplainer(line, { ...ENGINE, rules });
  explainer.push(bytes(log));
  explainer.end();
  return explainer.explanation;
}

Deno.test("LineExplainer says which rules fire at a line and which don't", () => {
  const rules = [rule(), rule({ id: "other", matcher: { kind: "pattern", pattern: "other" } })];
  const explanation = explain("a\nboom\nother\n", 2, rules)!;
  assertEquals([explanation.line, explanation.text], [2, "boom"]);
  assertEquals(explanation.rules.map(({ rule, fired }) => [rule, fired]), [
    ["boom", true],
    ["other", false],
  ]);
  assert(explanation.rules.every(({ why }) => why !== ""));
});

Deno.test("LineExplainer knows what came before: a threshold is met at its last line only", () => {
  const rules = [rule({ threshold: 2 })];
  const fired = (line: number) => explain("boom\na\nboom\n", line, rules)!.rules[0]!.fired;
  assertEquals([1, 2, 3].map(fired), [false, false, true]);
});

Deno.test("LineExplainer looks at rules for any stream", () => {
  for (const stream of ["stdout", "stderr"] as const) {
    const { why } = explain("boom\n", 1, [rule({ streams: [stream] })])!.rules[0]!;
    assertEquals(why, "matches");
  }
});

Deno.test("LineExplainer says of a traceback's exception that it fires", () => {
  const log = 'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: bad\nbye\n';
  const rules = [rule({ matcher: { kind: "traceback" } })];
  assertEquals(explain(log, 3, rules)!.rules[0]!.fired, true);
  assertEquals(explain(log, 2, rules)!.rules[0]!.fired, false);
});

Deno.test("LineExplainer explains the last state of a progress bar", () => {
  assertEquals(explain("a\n1%\r2%\r3%\r\n", 2, [])?.text, "3%");
});

Deno.test("LineExplainer explains an empty line, and the last one without a line feed", () => {
  assertEquals(explain("a\n\nb", 2, [])?.text, "");
  assertEquals(explain("a\n\nb", 3, [])?.text, "b");
});

Deno.test("LineExplainer has nothing to say of a line that isn't there", () => {
  const explainer = new LineExplainer(4, { ...ENGINE, rules: [] });
  explainer.push(bytes("a\nb\nc\n"));
  explainer.end();
  assertEquals([explainer.explanation, explainer.lines], [undefined, 3]);
});

Deno.test("LineExplainer has enough some way past its line", () => {
  const explainer = new LineExplainer(2, { ...ENGINE, rules: [] });
  explainer.push(bytes("a\n".repeat(10)));
  assertEquals(explainer.done, false);
  explainer.push(bytes("a\n".repeat(2000)));
  assertEquals(explainer.done, true);
});
