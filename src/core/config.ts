import type { ExitCodeMode } from "./exit_code.ts";
import type { Rule } from "./rule.ts";
import type { SignalMode } from "./signal_mode.ts";
import type { SignalName } from "./signals.ts";

export type ColorChoice = "auto" | "always" | "never";

/** How bailout's own lines look on stderr. */
export type MessageFormat = "text" | "json";

export type WebhookFormat = "json" | "slack";

/** Where the record of a run goes besides stderr; `undefined` where it doesn't. */
export interface SinkConfig {
  readonly verdictFile: string | undefined;
  /** `undefined`: the one that Kubernetes mounts, if there is one. */
  readonly terminationLog: string | undefined;
  readonly torchErrorFile: string | undefined;
  readonly webhook: { readonly url: string; readonly format: WebhookFormat } | undefined;
  readonly pushgateway: string | undefined;
  /** By the usual OTEL_* variables, which the OpenTelemetry SDK reads itself. */
  readonly otlp: boolean;
}

/** Everything a run needs to know, checked and with its defaults filled in. */
export interface Config {
  readonly command: readonly [program: string, ...args: string[]];
  readonly names: {
    /** "W&B Launch Agent" in "Starting W&B Launch Agent …". */
    readonly full: string;
    /** "W&B agent" in "W&B agent started". */
    readonly short: string;
  };
  readonly rules: readonly Rule[];
  readonly exitCodes: ExitCodeMode;
  /** Ms between evaluations; 0 evaluates as each line arrives. */
  readonly intervalMs: number;
  /** Lines shown before the matching line. */
  readonly contextLines: number;
  /** Capacity of the ring buffer, in lines. */
  readonly bufferLines: number;
  /** Ms between the stop signal and SIGKILL. */
  readonly graceMs: number;
  readonly stopSignal: SignalName;
  /** `undefined`: what fits stdin, `placement`. */
  readonly signalMode: SignalMode | undefined;
  readonly logFile: { readonly path: string; readonly maxBytes: number } | undefined;
  readonly dryRun: boolean;
  readonly quiet: boolean;
  readonly color: ColorChoice;
  readonly format: MessageFormat;
  /** A bail-out is also an annotation of GitHub Actions. */
  readonly annotations: boolean;
  readonly sinks: SinkConfig;
  /** What never leaves through a report or a sink (secrets.ts). */
  readonly secrets: readonly string[];
}
