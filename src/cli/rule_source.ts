import { getNodeValue, type Node, type ParseError, parseTree } from "jsonc-parser";
import { UsageError } from "./usage_error.ts";

export type Path = readonly (string | number)[];

// ParseErrorCode of jsonc-parser, in the order of its numbers from 1.
const SYNTAX = [
  "a symbol that JSON doesn't know",
  "a number that JSON doesn't know",
  "a name in double quotes is missing",
  "a value is missing",
  "a colon is missing",
  "a comma is missing",
  "a closing } is missing",
  "a closing ] is missing",
  "something follows the end",
  "a comment that JSON doesn't know",
  "a comment has no end",
  "a text has no end",
  "a number has no end",
  "a \\u escape is not four hex digits",
  "an escape that JSON doesn't know",
  "a control character in a text",
];

/** JSON with comments and trailing commas that remembers on which line everything stands. */
export class RuleSource {
  readonly path: string;
  readonly #text: string;
  readonly #root: Node;

  /** @throws {UsageError} naming the file and the line, if it is no JSON or has a key twice. */
  constructor(text: string, path: string) {
    this.path = path;
    this.#text = text.replace(/^\ufeff/, "");
    this.#root = this.#parse();
    this.#refuseDoubles(this.#root);
  }

  get value(): unknown {
    return plain(this.#root);
  }

  /** `rules.jsonc:7`, the line of the key or item at `path` or of the nearest thing around it. */
  where(path: Path): string {
    let node = this.#root;
    for (const step of path) {
      const next = typeof step === "number"
        ? node.type === "array" ? node.children?.[step] : undefined
        : property(node, step);
      if (next === undefined) break;
      node = next;
    }
    const key = node.parent?.type === "property" ? node.parent.children![0]! : node;
    return this.#at(key.offset);
  }

  #parse(): Node {
    const errors: ParseError[] = [];
    let root: Node | undefined;
    try {
      root = parseTree(this.#text, errors, { allowTrailingComma: true });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new UsageError(`${this.path} is not JSON with comments: it is nested too deeply`);
    }
    const [first] = errors;
    if (root !== undefined && first === undefined) return root;
    const where = first === undefined ? this.path : this.#at(first.offset);
    const problem = first === undefined ? "it is empty" : SYNTAX[first.error - 1] ?? "bad syntax";
    throw new UsageError(`${where} is not JSON with comments: ${problem}`);
  }

  #refuseDoubles(node: Node): void {
    const seen = new Set<string>();
    for (const child of node.children ?? []) {
      if (child.type === "property") {
        const key = child.children![0]!;
        if (seen.has(key.value)) {
          throw new UsageError(
            `${this.#at(key.offset)}: ${JSON.stringify(key.value)} stands twice in one object`,
          );
        }
        seen.add(key.value);
      }
      this.#refuseDoubles(child);
    }
  }

  #at(offset: number): string {
    return `${this.path}:${this.#text.slice(0, offset).split("\n").length}`;
  }
}

function property(node: Node, name: string): Node | undefined {
  if (node.type !== "object") return undefined;
  const found = node.children?.find((child) => child.children?.[0]?.value === name);
  return found?.children?.[1];
}

/** The tree's objects have no prototype, and the schema library shows them as null. */
function plain(node: Node): unknown {
  return structuredClone(getNodeValue(node));
}
