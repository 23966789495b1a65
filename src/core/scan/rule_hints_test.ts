import { assert, assertEquals } from "@std/assert";
import { line, rule } from "../../testing/builders.ts";
import { createDetector } from "../detector.ts";
import { TOOLS } from "../fact_forms.ts";
import type { FactsPattern, JsonPattern, Matcher } from "../rule.ts";
import { CLASSIC_RULES } from "../rules/classic.ts";
import { DEFAULT_RULES } from "../rules/default.ts";
import { Statement } from "../statement.ts";
import { HintIndex } from "./hint_index.ts";
import { deriveHints, withHints } from "./rule_hints.ts";

/** Hints of lines that may be JSON: there any character may be written as an escape. */
const U = "\\u";

const JSON_FIELDS: [fields: JsonPattern, hints: string[] | undefined][] = [
  [{ level: "fatal" }, ['"fatal"', U]],
  [{ level: ["fatal", "panic"] }, ['"fatal"', '"panic"', U]],
  [{ level: "error", logger: "payments.ledger" }, ['"payments.ledger"', U]],
  [{ "error.type": "Boom" }, ['"Boom"', U]],
  // A value of which JSON may write a character with a backslash.
  [{ path: "/var/lib/data" }, ['data"', U]],
  [{ msg: 'say "hello"\n' }, ['"say ', U]],
  [{ msg: "tab\tulator" }, ['"tab', U]],
  [{ msg: "caf\u00e9 closed" }, ['"caf', U]],
  [{ msg: "<b>&" }, ['"<b>&"', U]],
  [{ msg: "" }, ['""', U]],
  // Numbers are written in many ways, so the name has to do.
  [{ status_code: 500 }, ['"status_code"', U]],
  [{ status_code: [500, "500"] }, ['"status_code"', U]],
  [{ ok: false }, ['"ok"', U]],
  [{ "http.response.code": 500 }, ["response", U]],
  [{ "x/y": 1 }, ['"x', U]],
  [{ "a.b": 1 }, undefined],
  [{ "\u00e9\u00e9": 1 }, undefined],
];
for (const [fields, hints] of JSON_FIELDS) {
  Deno.test(`deriveHints() of the JSON fields ${JSON.stringify(fields)}`, () => {
    assertEquals(deriveHints({ kind: "json", fields }), hints);
  });
}

const FACTS: [anyOf: FactsPattern[], hints: string[] | undefined][] = [
  [[{ status: ["NOT_FOUND"] }], []],
  [[{ http: [500] }, { status: ["INTERNAL"], text: "." }], []],
  [[{ http: [500] }, { text: "disk full" }], ["disk full", U]],
  [[{ http: [500] }, { text: "." }], undefined],
  [[{ text: "disk full" }, { text: "out of memory" }], ["disk full", "out of memory", U]],
  [[{ exception: ["KeyError", "HttpError"] }], ["KeyError", "HttpError", U]],
  [[{ exception: ["E"] }], undefined],
  [[{ tool: ["gcloud", "wandb"] }], ["(gcloud.", "wandb:", U]],
  [[{ tool: ["storage"] }], ["storage.googleapis.com", "google.cloud.storage", "gs:", U]],
  [[{ tool: ["nobody"] }], undefined],
  [[{ tool: ["docker"], text: "toomanyrequests" }], ["toomanyrequests", U]],
  [[{ error: true }], undefined],
  [[{ level: ["fatal"] }], undefined],
  [[{ text: "disk full", error: true, lenient: true }], ["disk full", U]],
  // Where fields of a JSON line are joined, where one of them begins, and what JSON escapes.
  [[{ text: "cause: disk" }], ["disk", U]],
  [[{ text: ": disk" }], ["disk", U]],
  [[{ text: " disk " }], ["disk", U]],
  [[{ text: "a:b:c" }], ["a:b:c", U]],
  [[{ text: 'the "disk/drive" is' }], ["drive", U]],
  [[{ text: "C:\\\\data" }], ["data", U]],
  // A field may be a number, 1e3 for 1000.
  [[{ text: "1000" }], undefined],
  [[{ text: "e\\+21" }], undefined],
  [[{ text: "Infinity" }], undefined],
  [[{ text: "took 1000 ms" }], ["took 1000 ms", U]],
];
for (const [anyOf, hints] of FACTS) {
  Deno.test(`deriveHints() of the facts ${JSON.stringify(anyOf)}`, () => {
    assertEquals(deriveHints({ kind: "facts", anyOf }), hints);
  });
}

const OTHERS: [matcher: Matcher, hints: string[] | undefined][] = [
  [{ kind: "pattern", pattern: "disk: [0-9]+ full" }, ["disk: "]],
  [{ kind: "pattern", pattern: ".*" }, undefined],
  [{ kind: "sequence", first: "begin", then: "end|stop", within: 3 }, ["begin", "end", "stop"]],
  [{ kind: "sequence", first: "begin", then: ".", within: 3 }, undefined],
  [{ kind: "traceback" }, ["Traceback"]],
];
for (const [matcher, hints] of OTHERS) {
  Deno.test(`deriveHints() of ${JSON.stringify(matcher)}`, () => {
    assertEquals(deriveHints(matcher), hints);
  });
}

Deno.test("deriveHints() knows literals for each tool", () => {
  for (const tool of [...TOOLS.map(([, tool]) => tool), "wandb"]) {
    assert(deriveHints({ kind: "facts", anyOf: [{ tool: [tool] }] }) !== undefined, tool);
  }
});

// Lines that match although no part of the matcher's words stands in them as it does there.
const DISGUISED: [matcher: Matcher, line: string][] = [
  [{ kind: "json", fields: { level: "fatal" } }, '{"level": "f\\u0061tal"}'],
  [{ kind: "json", fields: { "a.level": 3 } }, 'app | {"a": {"leve\\u006c": 3e0}}'],
  [{ kind: "json", fields: { "my.level": 3 } }, '{"my.level": 3.0}'],
  [{ kind: "json", fields: { path: "/var/lib" } }, '{"path": "\\/var\\/lib"}'],
  [{ kind: "json", fields: { msg: "a\tb" } }, '{"msg": "a\\tb"}'],
  [{ kind: "json", fields: { msg: "a<b>c" } }, '{"msg": "a\\u003cb\\u003ec"}'],
  [{ kind: "facts", anyOf: [{ text: "lost: disk" }] }, '{"msg": "lost", "exception": "disk"}'],
  [{ kind: "facts", anyOf: [{ text: "^1000: disk" }] }, '{"msg": 1e3, "exception": "disk"}'],
  [{ kind: "facts", anyOf: [{ text: "W&B is" }] }, '{"msg": "W\\u0026B is"}'],
  [{ kind: "facts", anyOf: [{ exception: ["KeyError"] }] }, '{"msg": "a.KeyErr\\u006fr: 1"}'],
  [{ kind: "facts", anyOf: [{ tool: ["storage"] }] }, '{"msg": "gs:\\/\\/bucket"}'],
  [{ kind: "facts", anyOf: [{ tool: ["wandb"] }] }, "[pod-1] wandb: it"],
];
for (const [matcher, text] of DISGUISED) {
  Deno.test(`the derived hints let ${text} through`, () => {
    const hints = deriveHints(matcher);
    const detector = createDetector(rule({ matcher, hints }));
    assert(detector.find(new Statement(line(text), "outside")) !== -1);
    const index = new HintIndex([detector]);
    assertEquals([index.readsAll, index.concerns(0, index.look(text))], [false, true]);
  });
}

Deno.test("withHints() keeps the hints that a rule has, and rules for which there are none", () => {
  const [own, vague, plain] = [
    rule({ hints: ["oom"] }),
    rule({ matcher: { kind: "pattern", pattern: "\\d" } }),
    rule(),
  ];
  const hinted = withHints([own, vague, plain]);
  assert(hinted[0] === own);
  assert(hinted[1] === vague);
  assertEquals(hinted[2], { ...plain, hints: ["boom"] });
});

Deno.test("withHints() stops where thousands of rules would make the scanner large", () => {
  const many = Array.from(
    { length: 3000 },
    (_, index) => rule({ matcher: { kind: "pattern", pattern: `number ${index} is lost` } }),
  );
  const hinted = withHints(many).filter(({ hints }) => hints !== undefined);
  const characters = hinted.flatMap(({ hints }) => hints!).join("").length;
  assert(hinted.length > 700 && characters <= 16 * 1024, `${hinted.length}, ${characters}`);
});

Deno.test("the hints of built-in rules stand in each literal that their patterns require", () => {
  const derivable = [...CLASSIC_RULES, ...DEFAULT_RULES].filter(({ matcher }) =>
    matcher.kind === "pattern" || matcher.kind === "sequence"
  );
  assert(derivable.length >= CLASSIC_RULES.length);
  for (const { id, matcher, hints } of derivable) {
    for (const literal of deriveHints(matcher)!) {
      assert(hints!.some((hint) => literal.includes(hint)), `${id}: ${literal}`);
    }
  }
});
