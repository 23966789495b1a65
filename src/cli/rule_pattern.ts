import { RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/**
 * What is wrong with a rule's regular expression, to follow its text in a sentence; `undefined` if
 * it is fine. V8's linear engine, which keeps a pattern from stalling the run, has neither
 * lookaround nor backreferences (v8.dev/blog/non-backtracking-regexp), so they are refused.
 */
export function checkPattern(pattern: string): string | undefined {
  let problem: string | undefined;
  try {
    const ast = new RegExpParser().parsePattern(pattern);
    visitRegExpAST(ast, {
      onAssertionEnter(node) {
        if (node.kind === "lookahead" || node.kind === "lookbehind") {
          problem ??= `uses ${node.kind} ${node.raw}, which can't be run in linear time`;
        }
      },
      onBackreferenceEnter(node) {
        problem ??= `uses backreference ${node.raw}, which can't be run in linear time`;
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*\/: /, "") : String(error);
    return `is not a regular expression: ${reason}`;
  }
  return problem;
}
