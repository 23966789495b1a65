import { assertEquals } from "@std/assert";
import { bytes, rule } from "../../testing/builders.ts";
import { createDetector } from "../detector.ts";
import type { Rule } from "../rule.ts";
import { HintIndex } from "./hint_index.ts";

const index = (...rules: Partial<Rule>[]) =>
  new HintIndex(rules.map((fields) => createDetector(rule(fields))));

/** Which of the detectors have to look at a line. */
const concerned = (hints: HintIndex, count: number, text: string) =>
  Array.from({ length: count }, (_, i) => i).filter((i) => hints.concerns(i, hints.look(text)));

Deno.test("HintIndex shows a line only to the rules of which a literal stands in it", () => {
  const hints = index({ hints: ["boom", "bang"] }, { hints: ["crash"] });
  assertEquals(concerned(hints, 2, "a big bang"), [0]);
  assertEquals(concerned(hints, 2, "boom and crash"), [0, 1]);
  assertEquals(hints.look("step 1"), 0);
});

Deno.test("HintIndex shows every line to a rule without literals", () => {
  const hints = index({ hints: ["boom"] }, {});
  assertEquals(hints.readsAll, true);
  assertEquals(concerned(hints, 2, "step 1"), [1]);
});

Deno.test("HintIndex shows a line that may have a status to the rules that ask for one", () => {
  const status = { hints: [], matcher: { kind: "facts", anyOf: [{ http: [403] }] } } as const;
  const hints = index(status, { hints: ["boom"] });
  assertEquals(concerned(hints, 2, "Error: 403"), [0]);
  assertEquals(concerned(hints, 2, "403 Forbidden"), [0]);
  // Python's logging writes milliseconds so.
  assertEquals(concerned(hints, 2, "2026-11-28 10:00:00,403 INFO all is well"), []);
  assertEquals(concerned(hints, 2, "status is fine"), []);
});

Deno.test("HintIndex tells where a block may begin, whatever the rules", () => {
  const hints = index();
  for (
    const text of ["Traceback (most", "===== test", "{'a': 1}", "ValueError: no:", "x.Exception: "]
  ) {
    assertEquals(hints.look(text) !== 0, true, text);
  }
  assertEquals(hints.look("ValueError: no"), 0);
});

Deno.test("HintIndex can hold more rules than there are bits", () => {
  const many = Array.from({ length: 70 }, (_, i) => ({ hints: [`word${i}.`] }));
  const hints = index(...many);
  for (let i = 0; i < many.length; i++) {
    assertEquals(hints.concerns(i, hints.look(`a word${i}. here`)), true);
  }
});

Deno.test("HintIndex wants one of the second literals, too, where a rule has some", () => {
  const hints = index(
    { hints: ["boom", "bang"], alsoHints: ["loud", "bang"] },
    { hints: ["boom"] },
    { hints: ["crash"], alsoHints: ["car"] },
  );
  assertEquals(concerned(hints, 3, "a boom"), [1]);
  assertEquals(concerned(hints, 3, "a loud boom"), [0, 1]);
  assertEquals(concerned(hints, 3, "a bang"), [0]);
  assertEquals(hints.look("a car") | hints.look("a crash") | hints.look("loud"), 0);
});

Deno.test("HintIndex does without the second literals where there are more rules than bits", () => {
  const many = Array.from({ length: 26 }, (_, i) => ({
    hints: [`word${i}.`],
    alsoHints: [`other${i}.`],
  }));
  const hints = index(...many);
  for (let i = 0; i < many.length; i++) {
    assertEquals(concerned(hints, many.length, `word${i}. other${i}.`), [i]);
    assertEquals(concerned(hints, many.length, `word${i}.`), i === 0 ? [] : [i]);
  }
});

Deno.test("HintIndex needs a status' second literal only where its number doesn't say it", () => {
  const status = {
    hints: ["boom"],
    alsoHints: ["loud"],
    matcher: { kind: "facts", anyOf: [{ http: [403] }, { text: "boom.*loud" }] },
  } as const;
  assertEquals(concerned(index(status), 1, "Error: 403"), [0]);
  assertEquals(concerned(index(status), 1, "boom"), []);
});

/** Whether a line's bytes show that nobody needs to look at it. */
function passes(hints: HintIndex, text: string): boolean {
  const line = bytes(`403 ${text}: 403`);
  return !hints.mayConcern(line, 4, line.length - 5);
}

const STATUS = { hints: [], matcher: { kind: "facts", anyOf: [{ http: [403] }] } } as const;

for (
  const text of ["Error: 403", "403 Forbidden", "ValueError: ", "PermissionDenied", "\x1b[1mboom"]
) {
  Deno.test(`HintIndex sees by its bytes that "${text.slice(-9)}" may concern someone`, () => {
    assertEquals(passes(index(STATUS), text), false);
  });
}

for (
  const text of ["Error 3: x", "status of 631 is fine", "2 Items", "code paths", "ValueError: 7"]
) {
  Deno.test(`HintIndex sees by its bytes that "${text}" concerns nobody`, () => {
    assertEquals(passes(index(STATUS), text), true);
    assertEquals(index(STATUS).look(text), 0);
  });
}
