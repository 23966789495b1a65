import { normalize } from "./normalize.ts";

/** A printed value that has not ended after so many lines has lost its end. */
const MAX_LINES = 1000;

/**
 * Knows whether a stream is inside of a printed Python value: `wandb launch-agent` prints the job
 * that it picks up, over many lines and with the user's own keys and values in it. Any word can be
 * there and none states anything.
 */
export class EchoBlock {
  #depth = 0;
  #linesLeft = 0;

  /** The stream is in no printed value. */
  get idle(): boolean {
    return this.#depth === 0;
  }

  /** True for a line of a printed value, its first and last included. */
  observe(line: string): boolean {
    if (this.#depth === 0) {
      if (!line.includes("{'")) return false;
      if (!normalize(line).text.startsWith("{'")) return false;
      this.#linesLeft = MAX_LINES;
    }
    this.#depth = Math.max(this.#depth + balance(line), 0);
    if (this.#linesLeft-- <= 0) this.#depth = 0;
    return true;
  }
}

/** Brackets that a line opens, less those that it closes; those inside of strings don't count. */
function balance(line: string): number {
  const code = line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "");
  return code.replace(/[^{[(]/g, "").length - code.replace(/[^}\])]/g, "").length;
}
