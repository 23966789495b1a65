import { civilText } from "./check/civil_time.ts";
import type { Config } from "./config.ts";
import { contextTexts } from "./context_texts.ts";
import type { History } from "./history.ts";
import type { Line, StreamName } from "./line.ts";
import type { Category } from "./rule.ts";
import { shorten } from "./shorten.ts";
import type { SignalName } from "./signals.ts";
import type { ChildStatus, Verdict } from "./verdict.ts";

/** A matching line in a record. */
export interface RecordedMatch {
  readonly line: number;
  readonly stream: StreamName;
  readonly text: string;
  /** RFC 3339. */
  readonly at: string;
}

/**
 * How a run ended, in the form that every sink gets: schema version 1 (docs/record.schema.json).
 * Times are RFC 3339 in UTC, durations ms. What doesn't apply or isn't known is `null`.
 */
export interface RunRecord {
  readonly version: 1;
  readonly cause: "finding" | "exit" | "signal" | "spawn_failure";
  readonly rule: string | null;
  readonly category: Category | null;
  readonly headline: string | null;
  readonly reason: string | null;
  readonly retryable: boolean | null;
  readonly exitCode: number;
  /** Who decided on the exit code. */
  readonly exitCodeFrom: "rule" | "child" | "bailout";
  readonly command: readonly string[];
  readonly pid: number | null;
  readonly startedAt: string;
  readonly detectedAt: string | null;
  readonly endedAt: string;
  readonly durationMs: number;
  /** From the line that met the rule to the decision to stop. */
  readonly detectionDelayMs: number | null;
  readonly firstMatch: RecordedMatch | null;
  readonly lastMatch: RecordedMatch | null;
  readonly matches: number | null;
  readonly context: readonly string[];
  readonly stop: readonly { readonly signal: SignalName; readonly at: string }[];
  readonly child: { readonly code: number; readonly signal: string | null } | null;
}

/** What a record is made of; times are ms on the monotonic clock. */
export interface RunFacts {
  /** As it may be shown: secrets are masked. */
  readonly command: Config["command"];
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** `undefined` where the command could not be started. */
  readonly pid: number | undefined;
  readonly history: History;
  readonly startedAt: number;
  readonly endedAt: number;
  /** What to add to a time on the monotonic clock to get ms since 1970. */
  readonly epochOffsetMs: number;
}

export function runRecord(facts: RunFacts): RunRecord {
  const { verdict, history, startedAt, endedAt } = facts;
  const time = (at: number) => rfc3339(at + facts.epochOffsetMs);
  const finding = verdict.cause === "finding" ? verdict.finding : undefined;
  const detectedAt = finding && history.detectedAt;
  return {
    version: 1,
    cause: verdict.cause === "spawn-failure" ? "spawn_failure" : verdict.cause,
    rule: finding?.rule.id ?? null,
    category: finding?.rule.category ?? null,
    headline: finding?.rule.title ?? null,
    reason: finding?.rule.reason ?? null,
    retryable: finding?.rule.retryable ?? null,
    exitCode: facts.exitCode,
    exitCodeFrom: exitCodeFrom(verdict),
    command: facts.command,
    pid: facts.pid ?? null,
    startedAt: time(startedAt),
    detectedAt: detectedAt === undefined ? null : time(detectedAt),
    endedAt: time(endedAt),
    durationMs: span(startedAt, endedAt),
    detectionDelayMs: finding && detectedAt !== undefined ? span(finding.metAt, detectedAt) : null,
    firstMatch: finding ? recordedMatch(finding.firstMatch, 0, time) : null,
    lastMatch: finding ? recordedMatch(finding.lastMatch, finding.context.matchIndex, time) : null,
    matches: finding?.matches ?? null,
    context: finding ? contextTexts(finding.context) : [],
    stop: history.stops.map(({ signal, at }) => ({ signal, at: time(at) })),
    child: recordedChild(verdict),
  };
}

/** `2026-11-28T01:35:03.250Z`; `ms` since 1970. */
export function rfc3339(ms: number): string {
  return `${civilText(ms)}Z`;
}

function span(from: number, to: number): number {
  return Math.max(0, Math.round(to - from));
}

function recordedMatch(line: Line, focus: number, time: (at: number) => string): RecordedMatch {
  return {
    line: line.number,
    stream: line.stream,
    text: shorten(line.text, focus),
    at: time(line.at),
  };
}

function exitCodeFrom(verdict: Verdict): RunRecord["exitCodeFrom"] {
  if (verdict.cause === "finding") return "rule";
  return childOf(verdict) === undefined ? "bailout" : "child";
}

function recordedChild(verdict: Verdict): RunRecord["child"] {
  const child = childOf(verdict);
  return child === undefined ? null : { code: child.code, signal: child.signal ?? null };
}

function childOf(verdict: Verdict): ChildStatus | undefined {
  return verdict.cause === "spawn-failure" ? undefined : verdict.child;
}

/** Whether a record tells of a bail-out, and then the finding's part of it is there. */
export type BailOutRecord =
  & RunRecord
  & {
    readonly [Field in "rule" | "category" | "headline" | "reason" | "lastMatch"]: NonNullable<
      RunRecord[Field]
    >;
  };

export function isBailOut(record: RunRecord): record is BailOutRecord {
  return record.cause === "finding";
}
