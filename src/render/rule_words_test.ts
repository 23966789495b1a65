import { assertEquals } from "@std/assert";
import type { Matcher } from "../core/rule.ts";
import { durationWord, matcherWords, thresholdWords } from "./rule_words.ts";

const CASES: [matcher: Matcher, words: string][] = [
  [{ kind: "pattern", pattern: "a|b" }, "a|b"],
  [
    {
      kind: "facts",
      anyOf: [
        {
          status: ["ABORTED", "INTERNAL"],
          http: [409],
          exception: ["E"],
          tool: ["grpc"],
          text: "x",
        },
        { http: [500] },
      ],
    },
    "status ABORTED|INTERNAL, HTTP 409, exception E, from grpc, text x or HTTP 500",
  ],
  [{ kind: "json", fields: { "a.b": [1, 2], level: "E" } }, "JSON with a.b = 1|2, level = E"],
  [{ kind: "sequence", first: "a", then: "b", within: 3 }, "a, then within 3 lines b"],
  [
    { kind: "traceback" },
    "exception at the end of a Python traceback that no other rule names",
  ],
];
for (const [matcher, words] of CASES) {
  Deno.test(`matcherWords() of a ${matcher.kind}`, () =>
    assertEquals(matcherWords(matcher), words));
}

Deno.test("thresholdWords() says when a rule is met", () => {
  assertEquals(thresholdWords({ window: 100, threshold: 1 }), "1 of the last 100 lines matches");
  assertEquals(
    thresholdWords({ window: 50, threshold: 3, withinMs: 60_000 }),
    "3 of the last 50 lines match, all within 60s",
  );
});

Deno.test("durationWord() writes what rule files read", () => {
  assertEquals([0, 500, 1500, 60_000].map(durationWord), ["0s", "500ms", "1500ms", "60s"]);
});
