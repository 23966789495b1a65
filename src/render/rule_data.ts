import { CATEGORY_EXIT_CODES } from "../core/exit_code.ts";
import type { Matcher, Rule } from "../core/rule.ts";
import { durationWord } from "./rule_words.ts";

/**
 * A rule as rule files write it, with every field that it has. The two kinds of matcher that only
 * built-in rules have show as `sequence` and `traceback`.
 */
export function ruleData(rule: Rule): Record<string, unknown> {
  return {
    id: rule.id,
    category: rule.category,
    title: rule.title,
    reason: rule.reason,
    advice: rule.advice,
    docs: rule.docs,
    ...matcherData(rule.matcher),
    except: rule.except,
    streams: rule.streams,
    window: rule.window,
    threshold: rule.threshold,
    within: rule.withinMs === undefined ? undefined : durationWord(rule.withinMs),
    clears: rule.clears,
    confirm: rule.confirmMs === undefined ? undefined : durationWord(rule.confirmMs),
    retryable: rule.retryable,
    exitCode: rule.exitCode ?? CATEGORY_EXIT_CODES[rule.category],
    action: rule.action ?? "kill",
    tests: rule.tests,
  };
}

function matcherData(matcher: Matcher): Record<string, unknown> {
  switch (matcher.kind) {
    case "pattern":
      return { pattern: matcher.pattern };
    case "facts":
      return { facts: matcher.anyOf };
    case "json":
      return { json: matcher.fields };
    case "sequence": {
      const { kind: _, ...sequence } = matcher;
      return { sequence };
    }
    case "traceback":
      return { traceback: true };
  }
}
