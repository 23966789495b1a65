import type { Context, Finding } from "./finding.ts";
import type { Line } from "./line.ts";
import { MatchWindow } from "./match_window.ts";
import type { Rule } from "./rule.ts";

/** What one rule has seen: counts its matches and remembers the newest with its context. */
export class Watch {
  readonly rule: Rule;
  readonly #window: MatchWindow;
  #matches = 0;
  #first: Line | undefined;
  #last: { line: Line; context: Context } | undefined;
  #met = false;

  constructor(rule: Rule) {
    this.rule = rule;
    this.#window = new MatchWindow(rule.window, rule.threshold);
  }

  note(line: Line, context: Context): void {
    this.#matches++;
    this.#first ??= line;
    this.#last = { line, context };
    if (this.#window.add(line.number)) this.#met = true;
  }

  /** The finding if the rule was met since the last call; else `undefined`. */
  take(): Finding | undefined {
    if (!this.#met || this.#first === undefined || this.#last === undefined) return undefined;
    this.#met = false;
    return {
      rule: this.rule,
      matches: this.#matches,
      firstMatch: this.#first,
      lastMatch: this.#last.line,
      context: this.#last.context,
    };
  }
}
