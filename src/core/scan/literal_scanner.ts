import { ROOT, Trie, UNKNOWN } from "./trie.ts";

/** Characters that a literal may have; all others are the same to the scanner: no match. */
const ALPHABET = 128;

/**
 * Tells in one pass which groups of literals have one in a text, however many literals they are:
 * the automaton of Aho and Corasick (1975), in which each character costs one look into a table. The
 * table is filled where a text first comes along, which lines of a log do in few places: all of it
 * would take longer than the child's first lines can wait.
 */
export class LiteralScanner {
  /** A number for each character that a literal has; 0 for all others. */
  readonly #classes = new Uint8Array(ALPHABET);
  /** A row of the table has room for `1 << shift` classes. */
  readonly #shift: number;
  /** `next[state << shift | class]` is the next state, or `UNKNOWN`. */
  readonly #next: Uint16Array | Uint32Array;
  readonly #trie: Trie;

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
    const trie = this.#trie = new Trie(characters + 2);
    for (const [bit, literals] of groups) {
      for (const literal of literals) trie.insert(literal, this.#classes, bit);
    }
    const States = trie.size <= 0xffff ? Uint16Array : Uint32Array;
    this.#next = new States(trie.size << this.#shift);
  }

  /** The bits of all groups that have a literal in `text`. */
  find(text: string): number {
    const [next, { ending }, classes, shift] = [
      this.#next,
      this.#trie,
      this.#classes,
      this.#shift,
    ];
    let state = ROOT;
    let bits = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const kind = code < ALPHABET ? classes[code]! : 0;
      const from = state;
      state = next[from << shift | kind]!;
      if (state === UNKNOWN) state = this.#follow(from, kind);
      bits |= ending[state]!;
    }
    return bits;
  }

  /** The same for the bytes from `start` to `end` of a text in UTF-8. */
  findIn(bytes: Uint8Array, start: number, end: number): number {
    const [next, { ending }, classes, shift] = [
      this.#next,
      this.#trie,
      this.#classes,
      this.#shift,
    ];
    let state = ROOT;
    let bits = 0;
    for (let i = start; i < end; i++) {
      const code = bytes[i]!;
      const kind = code < ALPHABET ? classes[code]! : 0;
      const from = state;
      state = next[from << shift | kind]!;
      if (state === UNKNOWN) state = this.#follow(from, kind);
      bits |= ending[state]!;
    }
    return bits;
  }

  /** Fills a place of the table. Goes as deep as the longest literal. */
  #follow(state: number, kind: number): number {
    const { ending } = this.#trie;
    let target = this.#trie.child(state, kind);
    if (target !== UNKNOWN) {
      // Only from here a text gets there, so that it happens once, and before `ending` is read.
      ending[target]! |= ending[this.#failure(target)]!;
    } else {
      target = state === ROOT ? ROOT : this.#step(this.#failure(state), kind);
    }
    this.#next[state << this.#shift | kind] = target;
    return target;
  }

  #step(state: number, kind: number): number {
    const known = this.#next[state << this.#shift | kind]!;
    return known === UNKNOWN ? this.#follow(state, kind) : known;
  }

  #failure(state: number): number {
    const { parent, entered, failure } = this.#trie;
    if (failure[state] === UNKNOWN) {
      const before = parent[state]!;
      failure[state] = before === ROOT ? ROOT : this.#step(this.#failure(before), entered[state]!);
    }
    return failure[state]!;
  }
}

function check(literal: string): void {
  if (literal.length === 0) throw new RangeError("Literal must not be empty");
  for (let i = 0; i < literal.length; i++) {
    if (literal.charCodeAt(i) < ALPHABET) continue;
    throw new RangeError(`Literal must be ASCII: ${literal}`);
  }
}
