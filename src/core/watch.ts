import { anyOf } from "./detector.ts";
import type { Context, Finding } from "./finding.ts";
import type { Line } from "./line.ts";
import { MatchWindow } from "./match_window.ts";
import type { Rule } from "./rule.ts";

/** What one rule has seen: counts its matches and remembers the newest with its context. */
export class Watch {
  readonly rule: Rule;
  readonly #window: MatchWindow;
  readonly #clears: RegExp | undefined;
  #matches = 0;
  #first: Line | undefined;
  #last: { line: Line; context: Context } | undefined;
  /** When the rule was met, ms; `undefined` while it isn't, or after it was taken or cleared. */
  #metAt: number | undefined;
  #counting = false;
  /** Number of the newest matching line. */
  #newest = 0;

  /** @throws {SyntaxError} if a `clears` pattern of the rule is not a regular expression. */
  constructor(rule: Rule) {
    this.rule = rule;
    this.#window = new MatchWindow(rule.window, rule.threshold, rule.withinMs);
    this.#clears = anyOf(rule, rule.clears);
  }

  note(line: Line, context: Context): void {
    this.#matches++;
    this.#first ??= line;
    this.#last = { line, context };
    this.#counting = true;
    this.#newest = Math.max(this.#newest, line.number);
    if (this.#window.add(line.number, line.at)) this.#metAt ??= line.at;
  }

  /** Sets the count back if this line says that what was wrong is right again. */
  observe(line: Line): void {
    if (!this.#counting || !this.#clears?.test(line.text)) return;
    this.#window.clear();
    this.#counting = false;
    this.#metAt = undefined;
  }

  /**
   * Whether a line may set the count back that comes after line `number`. Once the newest match has
   * left the window there is nothing to set back, unless the rule has been met.
   */
  awaitsClearing(number: number): boolean {
    return this.#counting && this.#clears !== undefined &&
      (this.#metAt !== undefined || number - this.#newest < this.rule.window);
  }

  /** When a met rule may be acted on, ms; `undefined` while none is met. */
  get dueAt(): number | undefined {
    return this.#metAt === undefined ? undefined : this.#metAt + (this.rule.confirmMs ?? 0);
  }

  /** The finding if the rule was met since the last call and is due at `now`; else `undefined`. */
  take(now: number): Finding | undefined {
    const [due, metAt] = [this.dueAt, this.#metAt];
    if (due === undefined || metAt === undefined || due > now) return undefined;
    if (!this.#first || !this.#last) return undefined;
    this.#metAt = undefined;
    return {
      rule: this.rule,
      metAt,
      matches: this.#matches,
      firstMatch: this.#first,
      lastMatch: this.#last.line,
      context: this.#last.context,
    };
  }
}
