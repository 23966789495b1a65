/** Characters that a table row has room for; all others are the same to the scanner: no match. */
const ALPHABET = 128;

/**
 * Tells in one pass which groups of literals have one in a text, however many literals they are:
 * the automaton of Aho and Corasick (1975), its failure links followed beforehand, so that each
 * character costs one look into a table.
 */
export class LiteralScanner {
  /** `next[state * ALPHABET + character]` is the next state. */
  readonly #next: Uint16Array | Uint32Array;
  /** The bits of the literals that have just ended in each state. */
  readonly #ending: Int32Array;

  /**
   * Each group: a bit that stands for it, and its literals.
   * @throws {RangeError} for an empty literal, or one with a character beyond ASCII.
   */
  constructor(groups: readonly (readonly [bit: number, literals: readonly string[]])[]) {
    const trie = buildTrie(groups);
    const States = trie.length <= 0xffff ? Uint16Array : Uint32Array;
    const next = new States(trie.length * ALPHABET);
    const ending = Int32Array.from(trie, (node) => node.bits);
    const failure = new States(trie.length);
    // Breadth first, so that the state a failure leads to is always complete already.
    const queue = [0];
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]!;
      const [row, fallback] = [state * ALPHABET, failure[state]! * ALPHABET];
      ending[state]! |= ending[failure[state]!]!;
      // Whole rows: character by character took 5 ms.
      if (state !== 0) next.copyWithin(row, fallback, fallback + ALPHABET);
      for (const [code, child] of trie[state]!.children) {
        failure[child] = state === 0 ? 0 : next[fallback + code]!;
        next[row + code] = child;
        queue.push(child);
      }
    }
    this.#next = next;
    this.#ending = ending;
  }

  /** The bits of all groups that have a literal in `text`. */
  find(text: string): number {
    const next = this.#next;
    const ending = this.#ending;
    let state = 0;
    let bits = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      state = code < ALPHABET ? next[state * ALPHABET + code]! : 0;
      bits |= ending[state]!;
    }
    return bits;
  }

  /** The same for the bytes from `start` to `end` of a text in UTF-8. */
  findIn(bytes: Uint8Array, start: number, end: number): number {
    const next = this.#next;
    const ending = this.#ending;
    let state = 0;
    let bits = 0;
    for (let i = start; i < end; i++) {
      const code = bytes[i]!;
      state = code < ALPHABET ? next[state * ALPHABET + code]! : 0;
      bits |= ending[state]!;
    }
    return bits;
  }
}

interface TrieNode {
  readonly children: Map<number, number>;
  bits: number;
}

function buildTrie(groups: readonly (readonly [number, readonly string[]])[]): TrieNode[] {
  const nodes: TrieNode[] = [{ children: new Map(), bits: 0 }];
  for (const [bit, literals] of groups) {
    for (const literal of literals) nodes[insert(nodes, literal)]!.bits |= bit;
  }
  return nodes;
}

/** The node in which the literal ends. */
function insert(nodes: TrieNode[], literal: string): number {
  let node = 0;
  for (const character of literal) {
    const code = character.charCodeAt(0);
    if (code >= ALPHABET) throw new RangeError(`Literal must be ASCII: ${literal}`);
    const child = nodes[node]!.children.get(code) ??
      nodes.push({ children: new Map(), bits: 0 }) - 1;
    nodes[node]!.children.set(code, child);
    node = child;
  }
  if (node === 0) throw new RangeError("Literal must not be empty");
  return node;
}
