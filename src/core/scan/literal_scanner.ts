/** Characters that a literal may have; all others are the same to the scanner: no match. */
const ALPHABET = 128;

/**
 * Tells in one pass which groups of literals have one in a text, however many literals they are:
 * the automaton of Aho and Corasick (1975), its failure links followed beforehand, so that each
 * character costs one look into a table.
 */
export class LiteralScanner {
  /** A number for each character that a literal has; 0 for all others. */
  readonly #classes = new Uint8Array(ALPHABET);
  /** A row of the table has room for `1 << shift` classes. */
  readonly #shift: number;
  /** `next[state << shift | class]` is the next state. */
  readonly #next: Uint16Array | Uint32Array;
  /** The bits of the literals that have just ended in each state. */
  readonly #ending: Int32Array;

  /**
   * Each group: a bit that stands for it, and its literals.
   * @throws {RangeError} for an empty literal, or one with a character beyond ASCII.
   */
  constructor(groups: readonly (readonly [bit: number, literals: readonly string[]])[]) {
    let [characters, kinds] = [0, 0];
    for (const [, literals] of groups) {
      for (const literal of literals) {
        check(literal);
        characters += literal.length;
        for (let i = 0; i < literal.length; i++) {
          const code = literal.charCodeAt(i);
          if (this.#classes[code] === 0) this.#classes[code] = ++kinds;
        }
      }
    }
    this.#shift = 32 - Math.clz32(kinds);
    const trie = new Trie(characters + 1);
    for (const [bit, literals] of groups) {
      for (const literal of literals) trie.insert(literal, this.#classes, bit);
    }
    this.#ending = trie.ending;
    this.#next = this.#followed(trie);
  }

  /** The bits of all groups that have a literal in `text`. */
  find(text: string): number {
    const [next, ending, classes, shift] = [this.#next, this.#ending, this.#classes, this.#shift];
    let state = 0;
    let bits = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      state = code < ALPHABET ? next[state << shift | classes[code]!]! : 0;
      bits |= ending[state]!;
    }
    return bits;
  }

  /** The same for the bytes from `start` to `end` of a text in UTF-8. */
  findIn(bytes: Uint8Array, start: number, end: number): number {
    const [next, ending, classes, shift] = [this.#next, this.#ending, this.#classes, this.#shift];
    let state = 0;
    let bits = 0;
    for (let i = start; i < end; i++) {
      const code = bytes[i]!;
      state = code < ALPHABET ? next[state << shift | classes[code]!]! : 0;
      bits |= ending[state]!;
    }
    return bits;
  }

  /** The table of the trie with its failure links, whose states also end what theirs do. */
  #followed({ size, firstChild, sibling, entered, ending }: Trie): Uint16Array | Uint32Array {
    const shift = this.#shift;
    const States = size <= 0xffff ? Uint16Array : Uint32Array;
    const next = new States(size << shift);
    const failure = new States(size);
    // Breadth first, so that the state a failure leads to is always complete already.
    const queue = new States(size);
    let filled = 1;
    for (let head = 0; head < filled; head++) {
      const state = queue[head]!;
      const [row, fallback] = [state << shift, failure[state]! << shift];
      ending[state]! |= ending[failure[state]!]!;
      // Whole rows: class by class took 5 ms.
      if (state !== 0) next.copyWithin(row, fallback, fallback + (1 << shift));
      for (let child = firstChild[state]!; child !== 0; child = sibling[child]!) {
        failure[child] = state === 0 ? 0 : next[fallback | entered[child]!]!;
        next[row | entered[child]!] = child;
        queue[filled++] = child;
      }
    }
    return next;
  }
}

/** The literals as a tree of states, in arrays: thousands of small objects would be garbage at once. */
class Trie {
  /** States so far; 0 is the root. */
  size = 1;
  /** 0 where there is none. */
  readonly firstChild: Uint32Array;
  readonly sibling: Uint32Array;
  /** The class of the character that leads to each state. */
  readonly entered: Uint8Array;
  readonly ending: Int32Array;

  constructor(most: number) {
    this.firstChild = new Uint32Array(most);
    this.sibling = new Uint32Array(most);
    this.entered = new Uint8Array(most);
    this.ending = new Int32Array(most);
  }

  insert(literal: string, classes: Uint8Array, bit: number): void {
    let state = 0;
    for (let i = 0; i < literal.length; i++) {
      state = this.#child(state, classes[literal.charCodeAt(i)]!);
    }
    this.ending[state]! |= bit;
  }

  #child(state: number, entered: number): number {
    for (let child = this.firstChild[state]!; child !== 0; child = this.sibling[child]!) {
      if (this.entered[child] === entered) return child;
    }
    const made = this.size++;
    this.entered[made] = entered;
    this.sibling[made] = this.firstChild[state]!;
    this.firstChild[state] = made;
    return made;
  }
}

function check(literal: string): void {
  if (literal.length === 0) throw new RangeError("Literal must not be empty");
  for (let i = 0; i < literal.length; i++) {
    if (literal.charCodeAt(i) < ALPHABET) continue;
    throw new RangeError(`Literal must be ASCII: ${literal}`);
  }
}
