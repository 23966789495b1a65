import { ROOT, Trie, UNKNOWN } from "./trie.ts";

/** Characters that a literal may have; all others are the same to the scanner: no match. */
const ALPHABET = 128;

const encoder = new TextEncoder();
let encoded = new Uint8Array(1024);

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
  /** Where the text at hand has led to, and the groups that it has a literal of so far. */
  #state = ROOT;
  #bits = 0;

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
    // UTF-8 has at most three bytes for a UTF-16 code unit.
    if (encoded.length < text.length * 3) encoded = new Uint8Array(text.length * 3);
    return this.findIn(encoded, 0, encoder.encodeInto(text, encoded).written);
  }

  /** The same for the bytes from `start` to `end` of a text in UTF-8. */
  findIn(bytes: Uint8Array, start: number, end: number): number {
    this.#state = ROOT;
    this.#bits = 0;
    for (let at = this.#walk(bytes, start, end); at < end; at = this.#walk(bytes, at, end)) {
      this.#fill(this.#state, bytes[at]!);
    }
    return this.#bits;
  }

  /**
   * Goes on to where the table has a place to be filled, or to `end`. Calls nobody: what it called would be
   * compiled with it, 20 to 40 ms on a processor that the child needs.
   */
  #walk(bytes: Uint8Array, start: number, end: number): number {
    const next = this.#next;
    const classes = this.#classes;
    const shift = this.#shift;
    const ending = this.#trie.ending;
    let state = this.#state;
    let bits = this.#bits;
    let at = start;
    for (; at < end; at++) {
      const code = bytes[at]!;
      const kind = code < ALPHABET ? classes[code]! : 0;
      const to = next[state << shift | kind]!;
      if (to === UNKNOWN) break;
      state = to;
      bits |= ending[state]!;
    }
    this.#state = state;
    this.#bits = bits;
    return at;
  }

  /** Fills the place of the table for this byte behind `state`. */
  #fill(state: number, byte: number): void {
    const kind = byte < ALPHABET ? this.#classes[byte]! : 0;
    const { ending } = this.#trie;
    let from = state;
    let target = this.#trie.child(from, kind);
    while (target === UNKNOWN && from !== ROOT) {
      from = this.#failure(from);
      target = this.#trie.child(from, kind);
    }
    if (target === UNKNOWN) {
      target = ROOT;
    } else {
      // Here or never: nothing gets into a state but by a place of the table.
      for (let i = this.#failure(target); i !== ROOT; i = this.#failure(i)) {
        ending[target]! |= ending[i]!;
      }
    }
    this.#next[state << this.#shift | kind] = target;
  }

  /** Goes as deep as the longest literal. */
  #failure(state: number): number {
    const { parent, entered, failure } = this.#trie;
    if (failure[state] === UNKNOWN) {
      const kind = entered[state]!;
      let from = parent[state]!;
      let target = UNKNOWN;
      while (target === UNKNOWN && from !== ROOT) {
        from = this.#failure(from);
        target = this.#trie.child(from, kind);
      }
      failure[state] = target === UNKNOWN ? ROOT : target;
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
