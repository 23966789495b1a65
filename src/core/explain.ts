import { createDetector } from "./detector.ts";
import type { Rule } from "./rule.ts";
import { Statement } from "./statement.ts";
import type { TracebackRole } from "./traceback.ts";

/** What was seen in a line, for `check --explain`: empty fields left out. */
export function factsOf(text: string, role: TracebackRole = "outside"): Record<string, unknown> {
  const statement = statementOf(text, role);
  const { status, http, exception } = statement.facts;
  const seen = {
    message: statement.text,
    level: statement.level,
    status: [...status],
    http: [...http],
    exception,
    tool: [...statement.tools],
    dismissed: statement.dismissal?.reason,
    traceback: role === "outside" ? undefined : role,
  };
  return Object.fromEntries(
    Object.entries(seen).filter(([, value]) =>
      Array.isArray(value) ? value.length > 0 : value !== undefined
    ),
  );
}

/** Why a line is a match for a rule, or none: one sentence. `role` is its place in a traceback. */
export function explainLine(text: string, rule: Rule, role: TracebackRole = "outside"): string {
  const statement = statementOf(text, role);
  if (createDetector(rule).find(statement) !== -1) {
    return rule.threshold === 1 ? "matches" : `matches; ${rule.threshold} such lines are needed`;
  }
  if (rule.matcher.kind === "traceback") {
    return "looks at whole tracebacks, not at single lines";
  }
  if (rule.skipTracebackBody && role === "body") return "the line is inside of a traceback";
  const bare = { ...rule, except: [] };
  if (createDetector(bare).find(statement) !== -1) return "an except pattern rules it out";
  if (rule.matcher.kind === "facts" && statement.dismissal !== undefined) {
    const assertive = { ...bare, matcher: rule.matcher };
    const undismissed = new Statement(statement.line, "exception");
    if (createDetector(assertive).find(undismissed) !== -1) {
      return `would match, but ${statement.dismissal.reason}`;
    }
  }
  return "has no sign of it";
}

function statementOf(text: string, role: TracebackRole): Statement {
  return new Statement({ number: 1, stream: "stderr", text, at: 0 }, role);
}
