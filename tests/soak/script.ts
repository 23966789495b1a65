import type { Dice } from "../fuzz/dice.ts";
import type { AnalysisRule } from "../helpers/analysis_examples.ts";
import { harmless, joined } from "./random_output.ts";

type Stream = "out" | "err";

/** The steps of an agent (agent.pl) and the output that they print, built together. */
export class Script {
  readonly #before: string[] = [];
  readonly #after: string[] = [];
  #longestWrite: number;
  readonly #chunk: number;
  readonly #dice: Dice;
  readonly #printed: Record<Stream, Uint8Array[]> = { out: [], err: [] };

  constructor(dice: Dice) {
    this.#dice = dice;
    this.#chunk = dice.pick([64, 1000, 4096, 65_536]);
    this.#longestWrite = this.#chunk;
  }

  get steps(): string[] {
    return [...this.#before, "ready", ...this.#after];
  }

  /** The most that one write takes, bytes. */
  get chunk(): number {
    return this.#longestWrite;
  }

  bytes(stream: Stream): Uint8Array<ArrayBuffer> {
    return joined(...this.#printed[stream]);
  }

  step(step: string): this {
    this.#after.push(step);
    return this;
  }

  /** Before the first signal can come: `trap:CODE` or `ignore`. */
  first(step: string): this {
    this.#before.push(step);
    return this;
  }

  /** A few harmless things: output, silence, forks, orphans. */
  busy(): this {
    const dice = this.#dice;
    for (let i = dice.int(0, 5); i > 0; i--) {
      dice.oneOf(
        () => this.#write(dice.pick(["out", "err"]), harmless(dice, dice.int(1, this.#much()))),
        () => this.#write(dice.pick(["out", "err"]), harmless(dice, dice.int(1, this.#much()))),
        () => this.pause(),
        () => this.step(`fork:${dice.pick(["group", "session", "stubborn", "stubborn-session"])}`),
        () => this.step(`orphans:${dice.int(1, 20)}`),
      );
    }
    return this;
  }

  pause(): this {
    return this.step(`sleep:${this.#dice.int(0, 200)}`);
  }

  /** How the agent takes a stop signal: as anybody, with a handler, or not at all. */
  manners(): this {
    const manners = this.#dice.pick([undefined, "trap:0", "trap:77", "ignore"]);
    return manners === undefined ? this : this.first(manners);
  }

  /** One of a rule's examples, in one write, on lines of its own. */
  fatal(rule: AnalysisRule): this {
    const lines = this.#dice.pick(rule.examples);
    const text = new TextEncoder().encode(`\n${lines.join("\n")}\n`);
    this.#longestWrite = Math.max(this.#longestWrite, text.length);
    return this.#write(this.#dice.pick(["out", "err"]), text, text.length);
  }

  /** Output that is likely to be under way when the end comes. */
  flood(): this {
    const dice = this.#dice;
    const bytes = harmless(dice, 20 * this.#much());
    return this.#write(dice.pick(["out", "err"]), bytes, this.#chunk, dice.pick([0, 1, 10]));
  }

  #write(stream: Stream, bytes: Uint8Array, chunk = this.#chunk, pauseMs = 0): this {
    this.#printed[stream].push(bytes);
    return this.step(`write:${stream}:${bytes.length}:${chunk}:${pauseMs}`);
  }

  /** Small writes for little output, so that no case takes long. */
  #much(): number {
    return this.#chunk * 12;
  }
}
