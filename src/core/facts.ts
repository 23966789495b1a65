import {
  CODE,
  COMMON,
  ERROR_FIELD,
  ERROR_WORD,
  EXCEPTION,
  hasStatusName,
  HTTP_FORMS,
  NAMES_OF_THINGS,
  NUMERIC_STATUS,
  REASON_FORM,
  STATUS_FIELD,
  STATUS_FORMS,
  TOOLS,
} from "./fact_forms.ts";
import { BY_HTTP, BY_NAME, BY_NUMBER, BY_REASON, type StatusName } from "./status.ts";

/** What a line states, in whatever spelling. */
export interface Facts {
  readonly status: ReadonlySet<StatusName>;
  readonly http: ReadonlySet<number>;
  /** Simple name of the exception class that the line begins with. */
  readonly exception: string | undefined;
  /** The line calls itself an error: by its logger's level, by a word, or as a field of an error. */
  readonly error: boolean;
  /** Text in the line that gave the first status away. */
  readonly evidence: string | undefined;
}

/**
 * The facts in a message that normalize.ts has freed of its prefixes. `isError`: its logger calls it
 * an error.
 */
export function extractFacts(message: string, isError: boolean): Facts {
  // None of them is without a slash.
  const text = message.includes("/") ? message.replace(NAMES_OF_THINGS, "\u2026") : message;
  const status = new Set<StatusName>();
  const http = new Set<number>();
  let evidence: string | undefined;
  const exception = EXCEPTION.exec(text)?.[1];
  for (const [index, form] of hasStatusName(text) ? STATUS_FORMS.entries() : []) {
    for (const name of firstGroups(form, text)) {
      const named = BY_NAME.get(name);
      if (named === undefined || (index < 2 && COMMON.test(name))) continue;
      status.add(named);
      evidence ??= name;
    }
  }
  for (const reason of firstGroups(REASON_FORM, text)) {
    const named = BY_REASON.get(reason);
    if (named !== undefined) status.add(named);
  }
  for (const form of CODE.test(text) ? HTTP_FORMS : []) {
    for (const code of firstGroups(form, text)) {
      http.add(Number(code));
      evidence ??= code;
    }
  }
  const numeric = (isError ? STATUS_FIELD.exec(text) : null)?.[1] ?? NUMERIC_STATUS.exec(text)?.[1];
  const byNumber = numeric === undefined ? undefined : BY_NUMBER.get(Number(numeric));
  if (byNumber !== undefined) {
    status.add(byNumber);
    evidence ??= numeric;
  }
  // An explicit status is more exact than the HTTP code that it travelled on.
  // A client's error needs a second sign: a program may ask for what it knows may not be there.
  const saysError = () => isError || ERROR_WORD.test(text) || ERROR_FIELD.test(text);
  for (const code of status.size === 0 ? http : []) {
    const mapped = BY_HTTP.get(code);
    if (mapped !== undefined && (code === 429 || code >= 500 || saysError())) status.add(mapped);
  }
  return { status, http, exception, error: status.size > 0 || saysError(), evidence };
}

/** The tools that speak in such a message. */
export function toolsOf(message: string): Set<string> {
  return new Set(TOOLS.filter(([sign]) => sign.test(message)).map(([, tool]) => tool));
}

/** The first group of each match. `matchAll` would compile a copy of the expression each time. */
function firstGroups(form: RegExp, text: string): string[] {
  const groups: string[] = [];
  form.lastIndex = 0;
  for (let match; (match = form.exec(text)) !== null;) groups.push(match[1]!);
  return groups;
}
