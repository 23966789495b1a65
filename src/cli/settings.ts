import type { ColorChoice } from "../core/config.ts";
import type { ExitCodeMode } from "../core/exit_code.ts";
import type { Profile } from "../core/rule_set.ts";
import type { SignalName } from "../core/signals.ts";
import type { Argv } from "./argv.ts";
import { OPTIONS } from "./options.ts";
import { UsageError } from "./usage_error.ts";
import { checkVariables, Values } from "./values.ts";

/** The command line and the variables, read and checked; rule files are still only named. */
export interface Settings {
  readonly command: readonly [program: string, ...args: string[]];
  readonly names: { readonly full: string; readonly short: string };
  readonly profile: Profile;
  readonly ruleFiles: readonly string[];
  readonly disabled: readonly string[];
  /** How the user wrote the options that can disagree with the rules, for the message. */
  readonly sources: {
    readonly rules: string;
    readonly disable: string;
    readonly bufferLines: string;
  };
  readonly exitCodes: ExitCodeMode;
  readonly intervalMs: number;
  readonly contextLines: number;
  readonly bufferLines: number;
  readonly graceMs: number;
  readonly stopSignal: SignalName;
  readonly logFile: { readonly path: string; readonly maxBytes: number } | undefined;
  readonly dryRun: boolean;
  readonly quiet: boolean;
  readonly color: ColorChoice;
}

/** The drop-in for the bash wrapper: `bailout launch-agent ARG...`. */
export const LAUNCH_AGENT = {
  subcommand: "launch-agent",
  command: ["wandb", "launch-agent"],
  names: { full: "W&B Launch Agent", short: "W&B agent" },
  logFile: "/tmp/wandb-agent.log",
} as const;

/** @throws {UsageError} if an option, a variable or the command is missing or wrong. */
export function readSettings(argv: Argv, env: Readonly<Record<string, string>>): Settings {
  checkVariables(env, OPTIONS.map((option) => option.name));
  const values = new Values(argv.options, env);
  const agent = !argv.verbatim && argv.command[0] === LAUNCH_AGENT.subcommand;
  const command = agent ? [...LAUNCH_AGENT.command, ...argv.command.slice(1)] : argv.command;
  const [program, ...args] = command;
  if (program === undefined) {
    throw new UsageError("no COMMAND to supervise", "write bailout [options] -- COMMAND [ARG...]");
  }
  if (program === "") throw new UsageError("the COMMAND is empty", "name a program");
  const name = values.text("name");
  const own = name ?? baseName(program);
  const logPath = values.text("log-file") ?? (agent ? LAUNCH_AGENT.logFile : undefined);
  // One form so far: reading the option refuses any other.
  values.choice("format");
  const logMaxBytes = values.size("log-max-size");
  const contextLines = values.count("context");
  const bufferLines = values.count("buffer-lines");
  if (contextLines >= bufferLines) {
    throw new UsageError(
      `${values.source("context")}: ${contextLines} lines before the matching one don't fit into ` +
        `a ring buffer of ${bufferLines}`,
      `set --buffer-lines to ${contextLines + 1} or more`,
    );
  }
  return {
    command: [program, ...args],
    names: agent && name === undefined ? LAUNCH_AGENT.names : { full: own, short: own },
    profile: values.choice("profile"),
    ruleFiles: values.list("rules"),
    disabled: values.list("disable"),
    sources: {
      rules: values.source("rules"),
      disable: values.source("disable"),
      bufferLines: values.source("buffer-lines"),
    },
    exitCodes: values.choice("exit-codes"),
    intervalMs: values.duration("interval"),
    contextLines,
    bufferLines,
    graceMs: values.duration("grace"),
    stopSignal: values.signal("stop-signal"),
    logFile: logPath === undefined ? undefined : { path: logPath, maxBytes: logMaxBytes },
    dryRun: values.flag("dry-run"),
    quiet: values.flag("quiet"),
    color: values.choice("color"),
  };
}

/** `/usr/bin/python3` → `python3`, as basename(1) has it. */
function baseName(program: string): string {
  return /([^/]+)\/*$/.exec(program)?.[1] ?? program;
}
