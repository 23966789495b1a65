/** Not a state: none is known there. */
export const UNKNOWN = 0;
/** The state of a text that ends with no begin of a literal. */
export const ROOT = 1;

/** The literals as a tree of states, in arrays: thousands of small objects would be garbage at once. */
export class Trie {
  /** States so far. */
  size = ROOT + 1;
  /** `UNKNOWN` where there is none. */
  readonly #firstChild: Uint32Array;
  readonly #sibling: Uint32Array;
  readonly parent: Uint32Array;
  /** The class of the character that leads to each state. */
  readonly entered: Uint8Array;
  /** The state of the longest begin of another literal that one's ends with; filled by the scanner. */
  readonly failure: Uint32Array;
  /** The bits of the literals that end in each state; the scanner adds those of `failure`. */
  readonly ending: Int32Array;

  /** `most` states, the two that there always are among them. */
  constructor(most: number) {
    this.#firstChild = new Uint32Array(most);
    this.#sibling = new Uint32Array(most);
    this.parent = new Uint32Array(most);
    this.entered = new Uint8Array(most);
    this.failure = new Uint32Array(most);
    this.ending = new Int32Array(most);
  }

  insert(literal: string, classes: Uint8Array, bit: number): void {
    let state = ROOT;
    for (let i = 0; i < literal.length; i++) {
      const kind = classes[literal.charCodeAt(i)]!;
      state = this.child(state, kind) || this.#add(state, kind);
    }
    this.ending[state]! |= bit;
  }

  /** `UNKNOWN` where there is none. */
  child(state: number, kind: number): number {
    let child = this.#firstChild[state]!;
    while (child !== UNKNOWN && this.entered[child] !== kind) child = this.#sibling[child]!;
    return child;
  }

  #add(state: number, kind: number): number {
    const made = this.size++;
    this.entered[made] = kind;
    this.parent[made] = state;
    this.#sibling[made] = this.#firstChild[state]!;
    this.#firstChild[state] = made;
    return made;
  }
}
