/** Characters that a table row has room for; all others are the same to the scanner: no match. */
const ALPHABET = 128;

/**
 * Tells in one pass whether any of many literals stands in a text, however many they are: the
 * automaton of Aho and Corasick (1975), its failure links followed beforehand, so that each
 * character costs one look into a table.
 */
export class LiteralScanner {
  /** `next[state * ALPHABET + character]` is the next state. */
  readonly #next: Uint16Array;
  /** 1 for a state in which a literal has just ended. */
  readonly #accepts: Uint8Array;

  /** @throws {RangeError} for an empty literal, or one with a character beyond ASCII. */
  constructor(literals: readonly string[]) {
    const trie = buildTrie(literals);
    const next = new Uint16Array(trie.length * ALPHABET);
    const accepts = Uint8Array.from(trie, (node) => Number(node.ends));
    const failure = new Uint16Array(trie.length);
    // Breadth first, so that the state a failure leads to is always complete already.
    const queue = [0];
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]!;
      const [row, fallback] = [state * ALPHABET, failure[state]! * ALPHABET];
      accepts[state]! |= accepts[failure[state]!]!;
      // Whole rows, for this runs at every start: character by character took 5 ms.
      if (state !== 0) next.copyWithin(row, fallback, fallback + ALPHABET);
      for (const [code, child] of trie[state]!.children) {
        failure[child] = state === 0 ? 0 : next[fallback + code]!;
        next[row + code] = child;
        queue.push(child);
      }
    }
    this.#next = next;
    this.#accepts = accepts;
  }

  /** Whether one of the literals stands in `text`. */
  test(text: string): boolean {
    const next = this.#next;
    const accepts = this.#accepts;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      state = code < ALPHABET ? next[state * ALPHABET + code]! : 0;
      if (accepts[state] === 1) return true;
    }
    return false;
  }
}

interface TrieNode {
  readonly children: Map<number, number>;
  ends: boolean;
}

function buildTrie(literals: readonly string[]): TrieNode[] {
  const nodes: TrieNode[] = [{ children: new Map(), ends: false }];
  for (const literal of literals) {
    let node = 0;
    for (const character of literal) {
      const code = character.charCodeAt(0);
      if (code >= ALPHABET) throw new RangeError(`Literal must be ASCII: ${literal}`);
      const child = nodes[node]!.children.get(code) ??
        nodes.push({ children: new Map(), ends: false }) - 1;
      nodes[node]!.children.set(code, child);
      node = child;
    }
    if (node === 0) throw new RangeError("Literal must not be empty");
    nodes[node]!.ends = true;
  }
  return nodes;
}
