import { assertEquals, assertThrows } from "@std/assert";
import { lines, rule } from "../testing/builders.ts";
import { createDetector } from "./detector.ts";
import { Statement } from "./statement.ts";
import type { Rule } from "./rule.ts";
import type { TracebackRole } from "./traceback.ts";

/** What the detector finds in each of the lines, numbered from 1. */
function find(detected: Rule, texts: readonly string[], role: TracebackRole = "outside"): number[] {
  const detector = createDetector(detected);
  return lines(texts).map((line) => detector.find(new Statement(line, role)));
}

const HEADER = "Traceback (most recent call last):";
const SEQUENCE = rule({
  matcher: {
    kind: "sequence",
    first: "Traceback \\(most recent call last\\)",
    then: "Error:|Exception:",
    within: 3,
  },
});

Deno.test("a pattern's detector tells where in the line the match begins", () => {
  assertEquals(find(rule(), ["boom", "a boom boom", "quiet", "BOOM", ""]), [0, 2, -1, -1, -1]);
});

Deno.test("a pattern's detector gives the same answer for the same line again", () => {
  assertEquals(find(rule(), ["boom", "boom", "boom"]), [0, 0, 0]);
});

Deno.test("a pattern's detector skips the body of a traceback only where the rule says so", () => {
  const skips = rule({ skipTracebackBody: true });
  const roles: TracebackRole[] = ["outside", "header", "body", "exception"];
  assertEquals(roles.map((role) => find(skips, ["boom"], role)[0]), [0, 0, -1, 0]);
  assertEquals(roles.map((role) => find(rule(), ["boom"], role)[0]), [0, 0, 0, 0]);
});

Deno.test("a sequence matches exactly 1, 2 and 3 lines after its first line, not 4", () => {
  for (let distance = 1; distance <= 5; distance++) {
    const between = Array.from({ length: distance - 1 }, () => "  frame");
    const found = find(SEQUENCE, [HEADER, ...between, "KeyError: 'x'"]).at(-1);
    assertEquals(found, distance <= 3 ? 3 : -1, `${distance} lines after`);
  }
});

Deno.test("a sequence doesn't match on its first line", () => {
  assertEquals(find(SEQUENCE, [`Error: ${HEADER}`]), [-1]);
});

Deno.test("a sequence needs its first line before", () => {
  assertEquals(find(SEQUENCE, ["ValueError: x", HEADER]), [-1, -1]);
});

Deno.test("a sequence may match several times after one first line", () => {
  const found = find(SEQUENCE, [HEADER, "AError: 1", "BError: 2", "CError: 3", "DError: 4"]);
  assertEquals(found, [-1, 1, 1, 1, -1]);
});

Deno.test("a sequence counts from its newest first line", () => {
  assertEquals(find(SEQUENCE, [HEADER, "x", "x", HEADER, "x", "x", "AError: 1"]).at(-1), 1);
});

Deno.test("a traceback rule finds nothing line by line", () => {
  const traceback = rule({ matcher: { kind: "traceback" } });
  assertEquals(find(traceback, [HEADER, "ValueError: x"]), [-1, -1]);
});

Deno.test("createDetector() names the rule and the pattern that can't be compiled", () => {
  const broken = rule({ id: "mine", matcher: { kind: "pattern", pattern: "(" } });
  const message = "rule mine: pattern /(/ is not valid: Unterminated group";
  assertEquals(assertThrows(() => createDetector(broken), SyntaxError).message, message);
});
