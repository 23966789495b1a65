import type { ColorChoice, MessageFormat, SinkConfig } from "../core/config.ts";
import type { SignalMode } from "../core/signal_mode.ts";
import type { SignalName } from "../core/signals.ts";
import type { Argv } from "./argv.ts";
import { type DetectionSettings, readDetection } from "./detection_settings.ts";
import { OPTIONS } from "./options.ts";
import { readSinks } from "./sink_settings.ts";
import { subcommandOf } from "./subcommand.ts";
import { UsageError } from "./usage_error.ts";
import { checkVariables, Values } from "./values.ts";

/** The command line and the variables, read and checked; rule files are still only named. */
export interface Settings extends DetectionSettings {
  readonly command: readonly [program: string, ...args: string[]];
  readonly names: { readonly full: string; readonly short: string };
  readonly intervalMs: number;
  readonly graceMs: number;
  readonly stopSignal: SignalName;
  readonly signalMode: SignalMode | undefined;
  readonly logFile: { readonly path: string; readonly maxBytes: number } | undefined;
  readonly dryRun: boolean;
  readonly quiet: boolean;
  readonly color: ColorChoice;
  readonly format: MessageFormat;
  readonly annotations: boolean;
  readonly sinks: SinkConfig;
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
  const agent = subcommandOf(argv) === LAUNCH_AGENT.subcommand;
  const command = agent ? [...LAUNCH_AGENT.command, ...argv.command.slice(1)] : argv.command;
  const [program, ...args] = command;
  if (program === undefined) {
    throw new UsageError("no COMMAND to supervise", "write bailout [options] -- COMMAND [ARG...]");
  }
  if (program === "") throw new UsageError("the COMMAND is empty", "name a program");
  const name = values.text("name");
  const own = name ?? baseName(program);
  const logPath = values.text("log-file") ?? (agent ? LAUNCH_AGENT.logFile : undefined);
  const logMaxBytes = values.size("log-max-size");
  return {
    command: [program, ...args],
    names: agent && name === undefined ? LAUNCH_AGENT.names : { full: own, short: own },
    ...readDetection(values),
    intervalMs: values.duration("interval"),
    graceMs: values.duration("grace"),
    stopSignal: values.signal("stop-signal"),
    signalMode: values.text("signal-mode") === undefined
      ? undefined
      : values.choice<SignalMode>("signal-mode"),
    logFile: logPath === undefined ? undefined : { path: logPath, maxBytes: logMaxBytes },
    dryRun: values.flag("dry-run"),
    quiet: values.flag("quiet"),
    color: values.choice("color"),
    format: values.choice("format"),
    annotations: env.GITHUB_ACTIONS === "true",
    sinks: readSinks(values, env),
  };
}

/** `/usr/bin/python3` → `python3`, as basename(1) has it. */
function baseName(program: string): string {
  return /([^/]+)\/*$/.exec(program)?.[1] ?? program;
}
