/** How the text of an option is read. */
export type OptionKind =
  | "duration"
  | "size"
  | "count"
  | "signal"
  | "choice"
  | "text"
  | "url"
  | "flag";

export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  readonly kind: OptionKind;
  /** How help calls the value; flags have none. */
  readonly meta?: string;
  readonly choices?: readonly string[];
  /** As it would be written on the command line; `undefined` where there is none. */
  readonly default?: string;
  readonly repeatable?: boolean;
  /** `false` where it has no variable: it belongs to one command, not to an image. */
  readonly variable?: boolean;
  /** The least that a count may be. */
  readonly min?: number;
  /** What help says of it. */
  readonly help: string;
}

/** Every option of a run, in the order of help. Each has a variable: `variableOf`. */
export const OPTIONS = [
  {
    name: "interval",
    kind: "duration",
    meta: "D",
    default: "5s",
    help: "how often detectors are evaluated; 0 evaluates as each line arrives",
  },
  {
    name: "context",
    kind: "count",
    meta: "N",
    default: "10",
    min: 0,
    help: "lines shown before the matching line",
  },
  {
    name: "buffer-lines",
    kind: "count",
    meta: "N",
    default: "100",
    min: 1,
    help: "capacity of the ring buffer; at least the largest rule window",
  },
  {
    name: "profile",
    kind: "choice",
    meta: "NAME",
    choices: ["default", "classic", "none"],
    default: "default",
    help: "built-in rule set: default, classic or none",
  },
  {
    name: "rules",
    kind: "text",
    meta: "FILE",
    repeatable: true,
    help: "add rules, or change built-in ones with the same id; repeatable",
  },
  {
    name: "disable",
    kind: "text",
    meta: "ID",
    repeatable: true,
    help: "switch a rule off; repeatable",
  },
  {
    name: "exit-codes",
    kind: "choice",
    meta: "MODE",
    choices: ["uniform", "category"],
    default: "uniform",
    help: "uniform: 1 for every fatal error; category: one code a category",
  },
  {
    name: "grace",
    kind: "duration",
    meta: "D",
    default: "8s",
    help: "how long the child may live after the stop signal before SIGKILL",
  },
  {
    name: "stop-signal",
    kind: "signal",
    meta: "S",
    default: "SIGTERM",
    help: "the signal that a bail-out sends first",
  },
  {
    name: "signal-mode",
    kind: "choice",
    meta: "MODE",
    choices: ["group", "child"],
    default: "group",
    help: "whom signals are passed on to; child where stdin is a terminal",
  },
  {
    name: "log-file",
    kind: "text",
    meta: "PATH",
    help: "also write the child's output there (launch-agent: /tmp/wandb-agent.log)",
  },
  {
    name: "log-max-size",
    kind: "size",
    meta: "S",
    default: "10MiB",
    help: "the log file is rotated once past this (PATH.1)",
  },
  {
    name: "name",
    kind: "text",
    meta: "TEXT",
    help: "how messages call the child (default: the command's base name)",
  },
  {
    name: "format",
    kind: "choice",
    meta: "F",
    choices: ["text", "json"],
    default: "text",
    help: "form of bailout's own messages: text, or json (one object a line)",
  },
  {
    name: "verdict-file",
    kind: "text",
    meta: "PATH",
    help: "write the record of the run there, whole or not at all",
  },
  {
    name: "termination-log",
    kind: "text",
    meta: "PATH",
    help: "write how the run ended there (default: /dev/termination-log where it is)",
  },
  {
    name: "webhook",
    kind: "url",
    meta: "URL",
    help: "POST the record of a bail-out there",
  },
  {
    name: "webhook-format",
    kind: "choice",
    meta: "F",
    choices: ["json", "slack"],
    default: "json",
    help: "json: the record; slack: a message for Slack",
  },
  {
    name: "pushgateway",
    kind: "url",
    meta: "URL",
    help: "push the metrics of the run to this Prometheus Pushgateway",
  },
  { name: "dry-run", kind: "flag", help: "report findings, stop nothing" },
  { name: "quiet", kind: "flag", help: "only the report of a bail-out and errors" },
  {
    name: "color",
    kind: "choice",
    meta: "WHEN",
    choices: ["auto", "always", "never"],
    default: "auto",
    help: "auto, always or never; NO_COLOR beats them all",
  },
] as const satisfies readonly OptionSpec[];

export type OptionName = typeof OPTIONS[number]["name"];

export const VARIABLE_PREFIX = "BAILOUT_";

/** `BAILOUT_LOG_FILE` for `log-file`. */
export function variableOf(name: string): string {
  return VARIABLE_PREFIX + name.toUpperCase().replaceAll("-", "_");
}

/** The run's options of these names, for a command that shares them. */
export function pickOptions(...names: OptionName[]): OptionSpec[] {
  return OPTIONS.filter((option) => names.includes(option.name));
}
