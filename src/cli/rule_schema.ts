import { TOOLS } from "../core/fact_forms.ts";
import { ACTIONS, CATEGORIES } from "../core/rule.ts";
import { STATUS_CODES, type StatusName } from "../core/status.ts";
import * as v from "valibot";

// Each message follows "field "x" " in a sentence; each description is what an editor shows.

const STATUS_NAMES = Object.keys(STATUS_CODES) as StatusName[];
const TOOL_NAMES = [...new Set([...TOOLS.map(([, tool]) => tool), "wandb"])];

const text = v.pipe(v.string("must be text"), v.nonEmpty("must not be empty"));
const pattern = v.pipe(text, v.description("A JavaScript regular expression without lookaround."));
const duration = v.pipe(
  v.string('must be a duration like "60s"'),
  v.regex(/^(?:0|\d+(?:\.\d+)?(?:ms|s|m|h))$/, 'must be a duration like "60s"'),
);
const lines = v.pipe(
  v.number("must be a number of lines"),
  v.integer("must be a whole number"),
  v.minValue(1, "must be 1 or more"),
);
const scalar = v.union(
  [v.string(), v.number(), v.boolean()],
  "must be text, a number, true or false",
);

const list = (names: readonly string[]) => `must be one of ${names.join(", ")}`;

type OneOrMany<S extends v.GenericSchema> = v.GenericSchema<
  v.InferInput<S> | v.InferInput<S>[],
  v.InferOutput<S> | v.InferOutput<S>[]
>;

/**
 * One value or a list of them; what is wrong with an item is said of the item, which a union alone
 * wouldn't do. The generator of the JSON Schema asks without an input and gets the union.
 */
function some<S extends v.GenericSchema>(one: S, least = 1): OneOrMany<S> {
  const many = v.pipe(v.array(one), v.minLength(least, "must not be an empty list"));
  const both = v.union([one, many]);
  return v.lazy((input) => input === undefined ? both : Array.isArray(input) ? many : one);
}

const texts = some(text);
// An empty list takes a built-in rule's own away.
const patterns = some(pattern, 0);

function described<S extends v.GenericSchema>(schema: S, description: string) {
  return v.optional(v.pipe(schema, v.description(description)));
}

export const FactsSchema = v.strictObject({
  status: described(
    some(v.picklist(STATUS_NAMES, list(STATUS_NAMES))),
    "Canonical status (google.rpc.Code), however the line spells it.",
  ),
  http: described(
    some(
      v.pipe(
        v.number("must be an HTTP code from 400 to 599"),
        v.integer("must be an HTTP code from 400 to 599"),
        v.minValue(400, "must be an HTTP code from 400 to 599"),
        v.maxValue(599, "must be an HTTP code from 400 to 599"),
      ),
    ),
    "HTTP code that stands in the line as a status, never a bare number.",
  ),
  exception: described(texts, "Simple name of an exception class: HttpError."),
  tool: described(
    some(v.picklist(TOOL_NAMES, list(TOOL_NAMES))),
    "The tool or library that speaks.",
  ),
  text: described(pattern, "A regular expression for the message, without prefixes and envelope."),
}, "must be an object of facts");

export const RuleSchema = v.strictObject({
  id: v.pipe(
    v.string("must be text"),
    v.regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case words and hyphens"),
    v.description("A new name, or that of a built-in rule, which keeps what isn't named here."),
  ),
  category: described(
    v.picklist(CATEGORIES, list(CATEGORIES)),
    "What the error is about; --exit-codes category has a code for each.",
  ),
  title: described(text, "Headline of the report, after FATAL ERROR DETECTED."),
  reason: described(text, "Why the run is stopped, in a few words."),
  advice: described(text, "How to mend what the rule found."),
  docs: described(text, "Where to read on: a URL."),
  pattern: described(pattern, "A line matches when this regular expression is found in it."),
  facts: described(
    some(FactsSchema),
    "A line matches when it states all these facts, or those of any object of the list.",
  ),
  json: described(
    v.record(
      text,
      some(scalar),
      "must be an object: path → value",
    ),
    'A JSON line matches when each field, "a.b" for nested ones, has the value or one of them.',
  ),
  except: described(patterns, "A line in which one of these is found is no match."),
  streams: described(
    some(v.picklist(["stdout", "stderr"], "must be stdout or stderr")),
    "Look only at lines of these streams.",
  ),
  window: described(lines, "Lines: the rule is met when `threshold` of the last `window` match."),
  threshold: described(lines, "Lines that have to match."),
  within: described(duration, "And they came within this time: 500ms, 60s, 5m."),
  clears: described(patterns, "A line in which one of these is found sets the count back."),
  confirm: described(duration, "Wait this long for a clearing line before acting."),
  retryable: described(
    v.boolean("must be true or false"),
    "Whether running the same again later may succeed.",
  ),
  exitCode: described(
    v.pipe(
      v.number("must be a number"),
      v.integer("must be a whole number"),
      v.minValue(1, "must be from 1 to 255"),
      v.maxValue(255, "must be from 1 to 255"),
    ),
    "With --exit-codes category, instead of the category's.",
  ),
  action: described(
    v.picklist(ACTIONS, list(ACTIONS)),
    "kill ends the run; warn reports and goes on; observe only counts.",
  ),
  tests: described(
    v.strictObject({
      match: described(texts, "Logs, lines separated by \\n, that have to meet the rule."),
      noMatch: described(texts, "Logs that must not meet it."),
    }, "must be an object with match and noMatch"),
    "What `bailout rules validate` holds the rule to.",
  ),
}, "must be an object");

/** The outside of a rule file; each rule is checked by itself, so that messages can name it. */
export const FileSchema = v.strictObject({
  $schema: v.optional(v.string("must be text")),
  rules: v.array(v.unknown(), "must be a list of rules"),
}, "must be an object with rules");

/** The whole of a rule file, for editors. */
export const WholeFileSchema = v.strictObject({
  $schema: v.optional(
    v.pipe(v.string(), v.description("What `bailout rules schema` has printed.")),
  ),
  rules: v.pipe(v.array(RuleSchema), v.description("Rules to add, or built-in ones to change.")),
});

export type RuleData = v.InferOutput<typeof RuleSchema>;
export type FactsData = v.InferOutput<typeof FactsSchema>;
