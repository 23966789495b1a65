import type { FactsPattern, Matcher } from "../core/rule.ts";

/** What a rule recognises, in short. */
export function matcherWords(matcher: Matcher): string {
  switch (matcher.kind) {
    case "pattern":
      return matcher.pattern;
    case "facts":
      return matcher.anyOf.map(factsWords).join(" or ");
    case "json":
      return "JSON with " +
        Object.entries(matcher.fields).map(([path, value]) => `${path} = ${either(value)}`)
          .join(", ");
    case "sequence":
      return `${matcher.first}, then within ${matcher.within} lines ${matcher.then}`;
    case "traceback":
      return "exception at the end of a Python traceback that no other rule names";
  }
}

function factsWords({ status, http, exception, tool, text }: FactsPattern): string {
  const parts = [
    status === undefined ? [] : [`status ${either(status)}`],
    http === undefined ? [] : [`HTTP ${either(http)}`],
    exception === undefined ? [] : [`exception ${either(exception)}`],
    tool === undefined ? [] : [`from ${either(tool)}`],
    text === undefined ? [] : [`text ${text}`],
  ];
  return parts.flat().join(", ");
}

function either(value: unknown): string {
  return Array.isArray(value) ? value.join("|") : String(value);
}

/** `1 of the last 100 lines matches`, `3 of the last 50 lines match, all within 60s`. */
export function thresholdWords(
  rule: { window: number; threshold: number; withinMs?: number },
): string {
  const verb = rule.threshold === 1 ? "matches" : "match";
  const within = rule.withinMs === undefined ? "" : `, all within ${durationWord(rule.withinMs)}`;
  return `${rule.threshold} of the last ${rule.window} lines ${verb}${within}`;
}

/** A duration as rule files write it: `60s`, `500ms`. */
export function durationWord(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
