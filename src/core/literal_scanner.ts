/** Characters that a table row has room for; all others are the same to the scanner: no match. */
const ALPHABET = 128;

/**
 * Tells in one pass whether any of many literals stands in a text, however many they are: the
 * automaton of Aho and Corasick (1975), its failure links followed beforehand, so that each
 * character costs one look into a table.
 */
export class LiteralScanner {
  /** `next[state * ALPHABET + character]`; states from `#accepting` up have found something. */
  readonly #next: Uint16Array;
  readonly #accepting: number;

  /** @throws {RangeError} for an empty literal, or one with a character beyond ASCII. */
  constructor(literals: readonly string[]) {
    const trie = buildTrie(literals);
    const automaton = followFailures(trie);
    // Accepting states go last, so that one comparison tells them from the others.
    const order = [...trie.keys()].sort((a, b) =>
      Number(automaton.accepts[a]) - Number(automaton.accepts[b]) || a - b
    );
    const renamed = new Uint16Array(trie.length);
    order.forEach((state, index) => renamed[state] = index);
    this.#accepting = order.findIndex((state) => automaton.accepts[state]);
    if (this.#accepting === -1) this.#accepting = trie.length;
    this.#next = new Uint16Array(trie.length * ALPHABET);
    order.forEach((state, index) => {
      for (let c = 0; c < ALPHABET; c++) {
        this.#next[index * ALPHABET + c] = renamed[automaton.next[state * ALPHABET + c]!]!;
      }
    });
  }

  /** Whether one of the literals stands in `text`. */
  test(text: string): boolean {
    const next = this.#next;
    const accepting = this.#accepting;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      state = code < ALPHABET ? next[state * ALPHABET + code]! : 0;
      if (state >= accepting) return true;
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

/** Breadth first, so that the state a failure leads to is always complete already. */
function followFailures(trie: readonly TrieNode[]): { next: Uint16Array; accepts: boolean[] } {
  const next = new Uint16Array(trie.length * ALPHABET);
  const accepts = trie.map((node) => node.ends);
  const failure = new Uint16Array(trie.length);
  const queue = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head]!;
    accepts[state] ||= accepts[failure[state]!]!;
    for (let c = 0; c < ALPHABET; c++) {
      const fallback = state === 0 ? 0 : next[failure[state]! * ALPHABET + c]!;
      const child = trie[state]!.children.get(c);
      next[state * ALPHABET + c] = child ?? fallback;
      if (child === undefined) continue;
      failure[child] = fallback;
      queue.push(child);
    }
  }
  return { next, accepts };
}
