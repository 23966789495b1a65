import * as v from "valibot";
import { CATEGORIES } from "./rule.ts";
import { SIGNAL_NUMBERS, type SignalName } from "./signals.ts";
import type { RunRecord } from "./record.ts";

// What users read: docs/record.schema.json is made from it. A run itself doesn't need it.

const time = (description: string) =>
  v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.description(`${description} RFC 3339, in UTC.`),
  );
const ms = (description: string) =>
  v.pipe(v.number(), v.integer(), v.minValue(0), v.description(`${description} Milliseconds.`));
const text = (description: string) => v.pipe(v.string(), v.description(description));

const match = v.pipe(
  v.strictObject({
    line: v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.description("Position in the order of arrival over both streams."),
    ),
    stream: v.picklist(["stdout", "stderr"]),
    text: text("The line, shortened to about 1000 characters around the match."),
    at: time("When the line was complete."),
  }),
  v.description("A line that matched the rule."),
);

const signalNames = Object.keys(SIGNAL_NUMBERS) as SignalName[];

/** Schema version 1 of the record. */
export const RecordSchema = v.pipe(
  v.strictObject({
    version: v.pipe(v.literal(1), v.description("Version of this schema.")),
    cause: v.pipe(
      v.picklist(["finding", "exit", "signal", "spawn_failure"]),
      v.description(
        "What ended the run: a rule, the child itself, a signal to bailout, or that the command " +
          "could not be started.",
      ),
    ),
    rule: v.nullable(text("Id of the rule. This and the next four: with cause finding.")),
    category: v.nullable(v.picklist(CATEGORIES)),
    headline: v.nullable(v.string()),
    reason: v.nullable(v.string()),
    retryable: v.nullable(
      v.pipe(v.boolean(), v.description("What the rule says about running the same again.")),
    ),
    exitCode: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)),
    exitCodeFrom: v.pipe(
      v.picklist(["rule", "child", "bailout"]),
      v.description("Who decided on the exit code."),
    ),
    command: v.pipe(v.array(v.string()), v.minLength(1)),
    pid: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    startedAt: time("When bailout started."),
    detectedAt: v.nullable(time("When bailout decided to stop the child.")),
    endedAt: time("When the child's tree was gone and its output read."),
    durationMs: ms("From startedAt to endedAt."),
    detectionDelayMs: v.nullable(ms("From the line that met the rule to detectedAt.")),
    firstMatch: v.nullable(match),
    lastMatch: v.nullable(match),
    matches: v.nullable(
      v.pipe(v.number(), v.integer(), v.minValue(1), v.description("Lines that matched.")),
    ),
    context: v.pipe(
      v.array(v.string()),
      v.description("The lines that led to the last match, which is the last of them."),
    ),
    stop: v.pipe(
      v.array(v.strictObject({ signal: v.picklist(signalNames), at: time("First sent.") })),
      v.description("The signals that were to end the child, in the order of sending."),
    ),
    child: v.pipe(
      v.nullable(v.strictObject({
        code: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)),
        signal: v.nullable(v.string()),
      })),
      v.description("How the child ended; code is 128+n after signal n. null: not known."),
    ),
  }),
  v.title("How a run of bailout ended"),
);

/** Fails to compile when the schema and the type differ. */
export type SchemaFits = v.InferOutput<typeof RecordSchema> extends Mutable<RunRecord>
  ? Mutable<RunRecord> extends v.InferOutput<typeof RecordSchema> ? true : never
  : never;

type Mutable<T> = T extends readonly (infer Item)[] ? Mutable<Item>[]
  : T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
  : T;
