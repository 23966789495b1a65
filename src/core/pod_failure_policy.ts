import { CATEGORY_EXIT_CODES } from "./exit_code.ts";
import { isFatal, type Rule } from "./rule.ts";

/** What a Kubernetes Job does with a pod whose container ended with an exit code. */
export type PolicyAction = "FailJob" | "Count";

/** One exit code of `--exit-codes category`, and the rules that end a run with it. */
export interface PolicyCode {
  /** 1 to 255. */
  readonly code: number;
  readonly action: PolicyAction;
  /** In list order; not both lists are empty. */
  readonly retryable: readonly Rule[];
  readonly final: readonly Rule[];
}

/**
 * Every exit code that the rules can end a run with, ascending, and what a Job should do at it. A
 * rule that doesn't call itself retryable isn't. A code that retryable rules and others share is
 * counted: FailJob would throw away a Job that a retry saves, Count costs at most `backoffLimit`
 * runs.
 */
export function podFailurePolicy(rules: readonly Rule[]): readonly PolicyCode[] {
  const byCode = Map.groupBy(
    rules.filter(isFatal),
    (rule) => rule.exitCode ?? CATEGORY_EXIT_CODES[rule.category],
  );
  return [...byCode].sort(([a], [b]) => a - b).map(([code, users]) => {
    const retryable = users.filter((rule) => rule.retryable === true);
    const final = users.filter((rule) => rule.retryable !== true);
    return { code, action: retryable.length === 0 ? "FailJob" : "Count", retryable, final };
  });
}
