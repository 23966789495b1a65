import { parseSignal, SIGNAL_NUMBERS } from "../core/signals.ts";
import { parseDuration } from "./duration.ts";
import {
  type OptionName,
  OPTIONS,
  type OptionSpec,
  VARIABLE_PREFIX,
  variableOf,
} from "./options.ts";
import { parseSize } from "./size.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";

/** Characters of a wrong URL that its message repeats. */
const SHOWN_OF_URL = 20;

type Environment = Readonly<Record<string, string>>;

/** Options as they were written: the flag beats the variable, which beats the default. */
export class Values<Name extends string = OptionName> {
  readonly #flags: ReadonlyMap<string, readonly string[]>;
  readonly #env: Environment;
  readonly #options: readonly OptionSpec[];

  /** `options` are those of the command at hand: a run's where it is left out. */
  constructor(
    flags: ReadonlyMap<string, readonly string[]>,
    env: Environment,
    options: readonly OptionSpec[] = OPTIONS,
  ) {
    this.#flags = flags;
    this.#env = env;
    this.#options = options;
  }

  /** @throws {UsageError} if the text isn't a duration. In ms. */
  duration(name: Name): number {
    return this.#parse(name, "a duration", parseDuration);
  }

  /** @throws {UsageError} if the text isn't a size. In bytes. */
  size(name: Name): number {
    return this.#parse(name, "a size", parseSize);
  }

  /** @throws {UsageError} if the text isn't a whole number from the option's least up. */
  count(name: Name): number {
    const min = this.#option(name).min ?? 0;
    return this.#parse(name, "a count", (text) => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
      if (value < min) throw new SyntaxError(`write a whole number from ${min} to 999999999`);
      return value;
    });
  }

  /** @throws {UsageError} if the text names no signal. */
  signal(name: Name): keyof typeof SIGNAL_NUMBERS {
    return this.#parse(name, "a signal", (text) => {
      const signal = parseSignal(text);
      if (signal === undefined) {
        throw new SyntaxError(`use one of ${Object.keys(SIGNAL_NUMBERS).join(", ")}`);
      }
      return signal;
    });
  }

  /** @throws {UsageError} if the text is none of the option's choices. */
  choice<T extends string>(name: Name): T {
    const choices = this.#option(name).choices ?? [];
    return this.#parse(name, "a choice", (text) => {
      if (choices.includes(text)) return text as T;
      const nearest = suggest(text, choices);
      throw new SyntaxError(
        nearest === undefined ? `use one of ${choices.join(", ")}` : `did you mean ${nearest}?`,
      );
    });
  }

  /** @throws {UsageError} if what follows `--flag=` is neither yes nor no. */
  flag(name: Name): boolean {
    const value = this.#written(name)?.text;
    if (value === undefined) return false;
    if (/^(?:true|1|yes|on)$/i.test(value)) return true;
    if (/^(?:false|0|no|off)$/i.test(value)) return false;
    throw this.#error(name, "neither true nor false", "write true or false");
  }

  text(name: Name): string | undefined {
    return this.#written(name)?.text;
  }

  /** @throws {UsageError} if the text isn't the URL of a web server. `undefined` where none is. */
  url(name: Name): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol)) return text;
    // The rest of a webhook's URL is its password, and this message ends up in a log.
    const shown = text.length > SHOWN_OF_URL ? `${text.slice(0, SHOWN_OF_URL)}…` : text;
    throw new UsageError(
      `${this.source(name)}: ${JSON.stringify(shown)} is not a URL`,
      "write it like https://example.com/path",
    );
  }

  /** All values of a repeatable option; its variable holds them separated by commas. */
  list(name: Name): readonly string[] {
    const flags = this.#flags.get(name);
    if (flags !== undefined) return flags;
    return (this.#variable(name) ?? "").split(",").map((item) => item.trim())
      .filter((item) => item !== "");
  }

  /** How the user wrote the option: `--grace` or `BAILOUT_GRACE`. */
  source(name: Name): string {
    return this.#written(name)?.source ?? `--${name}`;
  }

  #written(name: Name): { source: string; text: string } | undefined {
    const flag = this.#flags.get(name)?.at(-1);
    if (flag !== undefined) return { source: `--${name}`, text: flag };
    const value = this.#variable(name);
    // An empty variable is an unset one: `docker compose` and Kubernetes templates leave such.
    return value === undefined || value === ""
      ? undefined
      : { source: variableOf(name), text: value };
  }

  #variable(name: Name): string | undefined {
    return this.#option(name).variable === false ? undefined : this.#env[variableOf(name)];
  }

  #option(name: Name): OptionSpec {
    return this.#options.find((option) => option.name === name)!;
  }

  #parse<T>(name: Name, what: string, parse: (text: string) => T): T {
    const text = this.#written(name)?.text ?? this.#option(name).default!;
    try {
      return parse(text);
    } catch (error) {
      throw this.#error(name, `not ${what}`, error instanceof Error ? error.message : undefined);
    }
  }

  #error(name: Name, problem: string, hint: string | undefined): UsageError {
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
  const ours = Object.keys(env).filter((variable) => variable.startsWith(VARIABLE_PREFIX));
  if (ours.length === 0) return;
  const known = names.map(variableOf);
  const bare = (name: string) => name.slice(VARIABLE_PREFIX.length);
  for (const variable of ours) {
    if (known.includes(variable)) continue;
    const nearest = suggest(bare(variable), known.map(bare));
    if (nearest === undefined) continue;
    throw new UsageError(`unknown variable ${variable}`, `did you mean ${variableOf(nearest)}?`);
  }
}
