import { parseSignal, SIGNAL_NUMBERS } from "../core/signals.ts";
import { parseDuration } from "./duration.ts";
import { findOption, type OptionName, type OptionSpec, variableOf } from "./options.ts";
import { parseSize } from "./size.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";

type Environment = Readonly<Record<string, string>>;

/** Options as they were written: the flag beats the variable, which beats the default. */
export class Values {
  readonly #flags: ReadonlyMap<string, readonly string[]>;
  readonly #env: Environment;

  constructor(flags: ReadonlyMap<string, readonly string[]>, env: Environment) {
    this.#flags = flags;
    this.#env = env;
  }

  /** @throws {UsageError} if the text isn't a duration. In ms. */
  duration(name: OptionName): number {
    return this.#parse(name, "a duration", parseDuration);
  }

  /** @throws {UsageError} if the text isn't a size. In bytes. */
  size(name: OptionName): number {
    return this.#parse(name, "a size", parseSize);
  }

  /** @throws {UsageError} if the text isn't a whole number from the option's least up. */
  count(name: OptionName): number {
    const min = findOption(name)?.min ?? 0;
    return this.#parse(name, "a count", (text) => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
      if (value < min) throw new SyntaxError(`write a whole number from ${min} to 999999999`);
      return value;
    });
  }

  /** @throws {UsageError} if the text names no signal. */
  signal(name: OptionName): keyof typeof SIGNAL_NUMBERS {
    return this.#parse(name, "a signal", (text) => {
      const signal = parseSignal(text);
      if (signal === undefined) {
        throw new SyntaxError(`use one of ${Object.keys(SIGNAL_NUMBERS).join(", ")}`);
      }
      return signal;
    });
  }

  /** @throws {UsageError} if the text is none of the option's choices. */
  choice<T extends string>(name: OptionName): T {
    const choices = findOption(name)?.choices ?? [];
    return this.#parse(name, "a choice", (text) => {
      if (choices.includes(text)) return text as T;
      const nearest = suggest(text, choices);
      throw new SyntaxError(
        nearest === undefined ? `use one of ${choices.join(", ")}` : `did you mean ${nearest}?`,
      );
    });
  }

  /** @throws {UsageError} if what follows `--flag=` is neither yes nor no. */
  flag(name: OptionName): boolean {
    const value = this.#written(name)?.text;
    if (value === undefined) return false;
    if (/^(?:true|1|yes|on)$/i.test(value)) return true;
    if (/^(?:false|0|no|off)$/i.test(value)) return false;
    throw this.#error(name, "neither true nor false", "write true or false");
  }

  text(name: OptionName): string | undefined {
    return this.#written(name)?.text;
  }

  /** All values of a repeatable option; its variable holds them separated by commas. */
  list(name: OptionName): readonly string[] {
    const flags = this.#flags.get(name);
    if (flags !== undefined) return flags;
    return (this.#env[variableOf(name)] ?? "").split(",").map((item) => item.trim())
      .filter((item) => item !== "");
  }

  /** How the user wrote the option: `--grace` or `BAILOUT_GRACE`. */
  source(name: OptionName): string {
    return this.#written(name)?.source ?? `--${name}`;
  }

  #written(name: OptionName): { source: string; text: string } | undefined {
    const flag = this.#flags.get(name)?.at(-1);
    if (flag !== undefined) return { source: `--${name}`, text: flag };
    const variable = variableOf(name);
    // An empty variable is an unset one: `docker compose` and Kubernetes templates leave such.
    const value = this.#env[variable];
    return value === undefined || value === "" ? undefined : { source: variable, text: value };
  }

  #parse<T>(name: OptionName, what: string, parse: (text: string) => T): T {
    const option: OptionSpec = findOption(name)!;
    const text = this.#written(name)?.text ?? option.default!;
    try {
      return parse(text);
    } catch (error) {
      throw this.#error(name, `not ${what}`, error instanceof Error ? error.message : undefined);
    }
  }

  #error(name: OptionName, problem: string, hint: string | undefined): UsageError {
    const value = JSON.stringify(this.#written(name)?.text ?? "");
    return new UsageError(`${this.source(name)}: ${value} is ${problem}`, hint);
  }
}

/**
 * Variables that look like a slip of one of ours. Others with our prefix are left alone: a
 * Kubernetes service called "bailout" puts `BAILOUT_PORT` into every container of its namespace.
 * @throws {UsageError} naming the variable that was probably meant.
 */
export function checkVariables(env: Environment, names: readonly string[]): void {
  const known = names.map(variableOf);
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith(variableOf("")) || known.includes(variable)) continue;
    const bare = (name: string) => name.slice(variableOf("").length);
    const nearest = suggest(bare(variable), known.map(bare));
    if (nearest === undefined) continue;
    throw new UsageError(`unknown variable ${variable}`, `did you mean ${variableOf(nearest)}?`);
  }
}
