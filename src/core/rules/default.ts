import type { Matcher, Rule } from "../rule.ts";
import { CLASSIC_RULES } from "./classic.ts";

// After a status nothing may go on as a number: `status: 500ms` and `code: 500/1000` are none.
// (Consumed, not looked ahead: the linear engine behind --v8-flags has no lookaround.)
const STATUS = "50[03](?:$|[^0-9A-Za-z%.,/:]|[.,/:](?:$|[^0-9]))";

/**
 * 500 and 503 count only where they are a status: alone they are steps, losses, ports and byte
 * counts. Each alternative names one way in which programs write a status.
 */
const SERVICE_ERROR = [
  "\\bServiceUnavailable\\b",
  "\\b50[03] Server Error\\b",
  "\\b503 Service (?:Temporarily )?Unavailable\\b",
  "\\bInternal ?(?:[Ss]erver ?)?[Ee]rror\\b",
  `\\bHttpError ${STATUS}`,
  `\\bHTTP(?:/[0-9.]+)?["']?[ :=]+(?:[Ss]tatus |[Ee]rror |[Cc]ode )?${STATUS}`,
  `\\b(?:http_)?[Ss]tatus(?:[ _-]?[Cc]ode)?["']?\\s*(?:is|was|:|=)?\\s*["']?${STATUS}`,
  `(?:^|[^A-Za-z_])(?:error[_ ]?)?[Cc]ode["']?\\s*[:=]?\\s*["']?${STATUS}`,
];

const MENDED: Readonly<Record<string, Matcher>> = {
  "python-exception": { kind: "traceback" },
  "service-error": { kind: "pattern", pattern: SERVICE_ERROR.join("|") },
};

/** The classic rules without their false kills and blind spots (docs/rules.md says which). */
export const DEFAULT_RULES: readonly Rule[] = CLASSIC_RULES.map((rule) => ({
  ...rule,
  matcher: MENDED[rule.id] ?? rule.matcher,
  skipTracebackBody: true,
}));
