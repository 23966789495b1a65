// No line that a user's rule matches may be kept from it by the hints that are derived for it.
// Random rules on random lines for a quarter of FUZZ_SECONDS, from FUZZ_SEED on.
import { assert } from "@std/assert";
import { createDetector, type Detector } from "../../src/core/detector.ts";
import type { Matcher } from "../../src/core/rule.ts";
import { HintIndex } from "../../src/core/scan/hint_index.ts";
import { withHints } from "../../src/core/scan/rule_hints.ts";
import { Statement } from "../../src/core/statement.ts";
import { line, rule } from "../../src/testing/builders.ts";
import { passes } from "./byte_look.ts";
import { Dice } from "./dice.ts";
import { errorLine } from "./error_lines.ts";
import { customRules, WORDS } from "./random_rules.ts";
import { PREFIXES } from "./vocabulary.ts";

const SECONDS = Number(Deno.env.get("FUZZ_SECONDS") ?? 8) / 4;
const SEED = Number(Deno.env.get("FUZZ_SEED") ?? 1);

const SIGNS = ["gs://b/c", "HttpError", "rpc error: code = 1", "docker", "kubelet", "a.KeyError"];

/** What a message or a field may say: so few that rules and lines often have the same. */
const SAID = [
  "alpha",
  "beta",
  "a b",
  '/alpha/"beta"',
  "alpha\tbeta",
  "alpha: beta",
  "1000",
  "é ok",
];
const NAMES = ["level", "message", "exception", "reason", "error", "error.code", "a/b", "msg"];

/** What is hard to derive hints for: what JSON or the joining of its fields may make otherwise. */
function hardMatcher(dice: Dice): Matcher {
  const said = dice.pick(SAID);
  const text = dice.oneOf(
    () => said,
    () => `${said}: ${dice.pick(SAID)}`,
    () => `${dice.pick([": ", " ", "^", "."])}${said}`,
    () => "[eE].21|Inf",
    () => `(?i:${said})ok|${said}`,
  );
  return dice.oneOf<Matcher>(
    () => ({ kind: "facts", anyOf: [{ text, lenient: true }] }),
    () => ({ kind: "json", fields: { [dice.pick(NAMES)]: said } }),
    () => ({ kind: "json", fields: { [dice.pick(NAMES)]: dice.pick([403, 1000, true]) } }),
    () => ({ kind: "pattern", pattern: said }),
  );
}

/** Something of what the random rules look for, or nearly that. */
function phrase(dice: Dice): string {
  return dice.times(dice.int(1, 3), () =>
    dice.oneOf(
      () => dice.pick(WORDS),
      () => dice.pick(WORDS),
      () => dice.pick(WORDS).slice(dice.int(0, 2)),
      () => dice.pick(SAID),
      () => dice.pick(SIGNS),
      () => errorLine(dice),
    )).join(dice.pick(["", " ", ": ", "\t", "\n"]));
}

/** JSON in which any character may be an escape and a number may have any form. */
function jsonText(dice: Dice): string {
  const text = (value: string) =>
    JSON.stringify(value).replaceAll("/", () => dice.pick(["/", "\\/"]))
      .replaceAll(/(?<!\\)[a-zA-Z: ]/g, (character) => {
        const code = character.charCodeAt(0).toString(16).padStart(4, "0");
        return dice.chance(0.01) ? `\\u${code}` : character;
      });
  const value = () =>
    dice.oneOf(
      () => text(phrase(dice)),
      () => text(dice.pick(SAID)),
      () => text(dice.pick(SAID)),
      () => dice.pick(["1.0", "403", "4.03e2", "1e3", "1000", "true", "1e999", "10e20"]),
      () => `{${text("code")}: ${dice.pick(["403", text(dice.pick(WORDS))])}}`,
    );
  const names = dice.some(NAMES, 0.4).concat("msg");
  const separator = dice.pick([":", ": "]);
  return `{${names.map((name) => `${text(name)}${separator}${value()}`).join(", ")}}`;
}

function randomLine(dice: Dice): string {
  const prefix = dice.chance(0.3) ? dice.pick(PREFIXES) : "";
  const text = dice.chance(0.5) ? jsonText(dice) : phrase(dice).replaceAll("\n", " ");
  return prefix + text;
}

function derived(dice: Dice): Detector[] {
  const plain = [
    ...customRules(dice).map(({ hints: _, ...rule }) => rule),
    ...dice.times(2, () => rule({ matcher: hardMatcher(dice) })),
  ];
  return withHints(plain).filter(({ hints }) => hints !== undefined).map(createDetector);
}

Deno.test("derived hints let every random line through that the rule matches", () => {
  const dice = new Dice(SEED);
  const deadline = Date.now() + SECONDS * 1000;
  let [rules, lines, matches] = [0, 0, 0];
  do {
    const detectors = derived(dice);
    const index = new HintIndex(detectors);
    const passesUnread = passes(index);
    rules += detectors.length;
    for (const text of dice.times(100, () => randomLine(dice))) {
      lines++;
      const bits = index.look(text);
      assert(bits === 0 || !passesUnread(text), `the bytes hide ${text}`);
      const statement = new Statement(line(text), "outside");
      for (const [at, { rule, find }] of detectors.entries()) {
        if (find(statement) === -1) continue;
        matches++;
        const { matcher, hints } = rule;
        assert(
          index.concerns(at, bits),
          `${JSON.stringify({ matcher, hints })} doesn't look at ${text}`,
        );
      }
    }
  } while (Date.now() < deadline || matches < 100);
  console.log(`fuzz: ${rules} rules with derived hints, ${matches} matches in ${lines} lines`);
});
