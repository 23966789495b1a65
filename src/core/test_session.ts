/** A session that has not ended after so many lines has lost its end. */
const MAX_LINES = 5000;

const BEGIN = /^={5,} (?:test session starts|FAILURES|ERRORS|short test summary info) ={5,}$/;
const END = /^={5,} .*\bin [\d.:]+ ?(?:s|seconds|\([\d:]+\))?.*={5,}$/;

/** Knows whether a stream is in the output of pytest, where errors are what tests are about. */
export class TestSession {
  #linesLeft = 0;

  /** The stream is in no session. */
  get idle(): boolean {
    return this.#linesLeft === 0;
  }

  /** True for a line of a session, its first and last included. */
  observe(line: string): boolean {
    const rule = line.startsWith("=====");
    if (rule && BEGIN.test(line)) this.#linesLeft = MAX_LINES;
    const inside = this.#linesLeft > 0;
    if (inside) this.#linesLeft--;
    if (rule && END.test(line)) this.#linesLeft = 0;
    return inside;
  }
}
