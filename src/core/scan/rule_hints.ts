import { TOOLS } from "../fact_forms.ts";
import type { FactsPattern, JsonPattern, Matcher, Rule } from "../rule.ts";
import {
  type Cut,
  type LiteralSet,
  literalSet,
  printableRuns,
  rarest,
  union,
} from "./literal_set.ts";
import { requiredSet } from "./required_literals.ts";

/** All derived literals together; each character may become a state of the scanner, of 256 bytes. */
const MAX_CHARACTERS = 16 * 1024;

/** How JSON may write any character. */
const JSON_ESCAPE = "\\u";

/** The rules, with hints where a rule has none of its own and they can be derived. */
export function withHints(rules: readonly Rule[]): readonly Rule[] {
  let room = MAX_CHARACTERS;
  return rules.map((rule) => {
    if (rule.hints !== undefined) return rule;
    const hints = deriveHints(rule.matcher);
    if (hints === undefined) return rule;
    room -= hints.join("").length;
    return room < 0 ? rule : { ...rule, hints };
  });
}

/**
 * Literals of which one stands in every line that can match, but for those that `mayHaveStatus`
 * tells; `undefined` if there are none.
 */
export function deriveHints(matcher: Matcher): readonly string[] | undefined {
  switch (matcher.kind) {
    case "pattern":
      return requiredSet(matcher.pattern, printableRuns)?.literals;
    case "sequence":
      return union([matcher.first, matcher.then].map((one) => requiredSet(one, printableRuns)))
        ?.literals;
    case "json":
      return escapable(ofFields(matcher.fields));
    case "facts":
      return ofFacts(matcher.anyOf);
    case "traceback":
      return ["Traceback"];
  }
}

function escapable(set: LiteralSet | undefined): readonly string[] | undefined {
  return set && [...set.literals, JSON_ESCAPE];
}

function ofFields(fields: JsonPattern): LiteralSet | undefined {
  const values = Object.values(fields).map((wanted) => ofValues([wanted].flat()));
  // Loggers use the same names in every line.
  return rarest(values) ?? rarest(Object.keys(fields).map(ofPath));
}

/** Numbers are left out: JSON has many ways to write each. */
function ofValues(values: readonly unknown[]): LiteralSet | undefined {
  const texts = values.filter((value) => typeof value === "string");
  return texts.length === values.length
    ? literalSet(texts.map(inQuotes), printableRuns)
    : undefined;
}

/** `a.b` may be one key or two. */
function ofPath(path: string): LiteralSet | undefined {
  const keys = path.split(".");
  const texts = keys.length === 1 ? [inQuotes(path)] : keys.map(withoutEscapable);
  return rarest(texts.map((text) => literalSet([text], printableRuns)));
}

function inQuotes(text: string): string {
  return `"${withoutEscapable(text)}"`;
}

/** With a break for each character that JSON writes, or may write, with a backslash before it. */
function withoutEscapable(text: string): string {
  return text.replace(/["\\/\t]/g, "\n");
}

function ofFacts(anyOf: readonly FactsPattern[]): readonly string[] | undefined {
  const asked = anyOf.filter(({ status, http }) => status === undefined && http === undefined);
  // The look for a status lets all lines through that the others can match.
  return asked.length === 0 ? [] : escapable(union(asked.map(ofSpoken)));
}

function ofSpoken({ text, exception, tool }: FactsPattern): LiteralSet | undefined {
  return rarest([
    text === undefined ? undefined : requiredSet(text, spokenRuns),
    exception && literalSet(exception, spokenRuns),
    tool && union(tool.map(ofTool)),
  ]);
}

function ofTool(name: string): LiteralSet | undefined {
  // The agent's prefix is read off the line itself (normalize.ts).
  if (name === "wandb") return literalSet(["wandb:"], printableRuns);
  const signs = TOOLS.filter(([, tool]) => tool === name).map(([sign]) => sign.source);
  return union(signs.map((sign) => requiredSet(sign, spokenRuns)));
}

/**
 * What of a message stands in its line as it is: the message may be several fields of a JSON line,
 * joined by a colon and a space (statement.ts), and a field may be a number in another form.
 */
const spokenRuns: Cut = (text) =>
  text.split(/[^ !#-.0-[\]-~]+|:(?= |$)/).map((run) => run.trim()).filter((run) => !isNumeric(run));

/** Whether it may be a part of what `String` makes of a number. */
function isNumeric(text: string): boolean {
  return /^[-+.e\d]*$/.test(text) || "-Infinity".includes(text);
}
