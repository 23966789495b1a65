import type { Config, SinkConfig } from "../core/config.ts";
import { exitCode } from "../core/exit_code.ts";
import type { Finding } from "../core/finding.ts";
import type { Line } from "../core/line.ts";
import { type RunFacts, type RunRecord, runRecord } from "../core/record.ts";
import type { Rule } from "../core/rule.ts";
import type { Verdict } from "../core/verdict.ts";
import { EPOCH } from "./fake_clock.ts";

/** A line, of which a test names only what it is about. */
export function line(text: string, fields: Partial<Line> = {}): Line {
  return { number: 1, stream: "stderr", text, at: 0, ...fields };
}

/** Lines numbered from `first` on. */
export function lines(texts: readonly string[], first = 1): Line[] {
  return texts.map((text, index) => line(text, { number: first + index }));
}

export function rule(fields: Partial<Rule> = {}): Rule {
  return {
    id: "boom",
    category: "config",
    title: "Boom!",
    reason: "it went boom",
    matcher: { kind: "pattern", pattern: "boom" },
    window: 100,
    threshold: 1,
    ...fields,
  };
}

/** A finding of `fields.rule`, whose context is `texts` with the match in the last one. */
export function finding(
  texts: readonly string[] = ["boom"],
  fields: Partial<Finding> = {},
): Finding {
  const context = lines(texts);
  const last = context.at(-1)!;
  return {
    rule: rule(),
    metAt: last.at,
    matches: 1,
    firstMatch: last,
    lastMatch: last,
    context: { lines: context, omitted: undefined, matchIndex: 0 },
    ...fields,
  };
}

/** No sink is asked for; only the termination log is written where a container has one. */
export const NO_SINKS: SinkConfig = {
  verdictFile: undefined,
  terminationLog: undefined,
  torchErrorFile: undefined,
  webhook: undefined,
  pushgateway: undefined,
  otlp: false,
};

/** The configuration of `bailout sh` with one rule, `boom`. */
export function config(fields: Partial<Config> = {}): Config {
  return {
    command: ["sh"],
    names: { full: "sh", short: "sh" },
    rules: [rule()],
    exitCodes: "uniform",
    intervalMs: 5000,
    contextLines: 10,
    bufferLines: 100,
    graceMs: 8000,
    stopSignal: "SIGTERM",
    signalMode: undefined,
    logFile: undefined,
    dryRun: false,
    quiet: false,
    color: "never",
    format: "text",
    annotations: false,
    sinks: NO_SINKS,
    secrets: [],
    ...fields,
  };
}

/** The record of a run of `sh` that took 1.5 s; a finding was acted on after 200 ms of them. */
export function record(verdict: Verdict, fields: Partial<RunFacts> = {}): RunRecord {
  return runRecord({
    command: ["sh"],
    verdict,
    exitCode: exitCode(verdict, "uniform"),
    pid: 4242,
    history: {
      detectedAt: verdict.cause === "finding" ? 200 : undefined,
      stops: verdict.cause === "finding" ? [{ signal: "SIGTERM", at: 200 }] : [],
    },
    startedAt: 0,
    endedAt: 1500,
    epochOffsetMs: EPOCH,
    ...fields,
  });
}

export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
