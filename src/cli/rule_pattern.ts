import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/**
 * V8's linear engine copies what is repeated, and gives up past this many copies, nested ones
 * multiplied (kMaxReplicationFactor in src/regexp/experimental/experimental-compiler.cc).
 */
const MAX_COPIES = 16;

/**
 * What is wrong with a rule's regular expression, to follow its text in a sentence; `undefined` if
 * it is fine. A pattern that backtracks without end is kept from stalling the run by V8's linear
 * engine (v8.dev/blog/non-backtracking-regexp), so what that engine can't run is refused.
 */
export function checkPattern(pattern: string): string | undefined {
  let ast: AST.Pattern;
  try {
    ast = new RegExpParser().parsePattern(pattern);
    // What the parser takes and V8 doesn't would else come to light when the child is running.
    void new RegExp(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*\/: /, "") : String(error);
    return `is not a regular expression: ${reason}`;
  }
  const obstacle = findObstacle(ast);
  return obstacle === undefined ? undefined : `${obstacle}, which can't be run in linear time`;
}

function findObstacle(ast: AST.Pattern): string | undefined {
  let found: string | undefined;
  let copies = 1;
  visitRegExpAST(ast, {
    onAssertionEnter(node) {
      if (node.kind === "lookahead" || node.kind === "lookbehind") {
        found ??= `uses ${node.kind} ${node.raw}`;
      }
    },
    onBackreferenceEnter(node) {
      found ??= `uses backreference ${node.raw}`;
    },
    onModifierFlagsEnter(node) {
      if (node.ignoreCase && node.parent.add === node) found ??= `uses modifier ${node.parent.raw}`;
    },
    onQuantifierEnter(node) {
      copies *= copiesOf(node);
      if (copies > MAX_COPIES) found ??= `repeats ${node.raw} more than ${MAX_COPIES} times`;
    },
    onQuantifierLeave(node) {
      copies /= copiesOf(node);
    },
  });
  return found;
}

/** `X{n,}` is n copies of X; one more, for the loop, where X may be empty. */
function copiesOf({ min, max, element }: AST.Quantifier): number {
  if (Number.isFinite(max)) return Math.max(max, 1);
  return Math.max(min, 1) + (min > 0 && mayBeEmpty(element) ? 1 : 0);
}

function mayBeEmpty(element: AST.Element): boolean {
  switch (element.type) {
    case "Assertion":
      return true;
    case "Quantifier":
      return element.min === 0 || mayBeEmpty(element.element);
    case "Group":
    case "CapturingGroup":
      return element.alternatives.some((alternative) => alternative.elements.every(mayBeEmpty));
    default:
      return false;
  }
}
