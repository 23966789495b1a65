import type { Config } from "./core/config.ts";
import { runMetrics } from "./core/metrics.ts";
import { isBailOut, type RunRecord } from "./core/record.ts";
import type { Clock } from "./host/clock.ts";
import type { Sinks } from "./host/sinks/sinks.ts";
import { slackMessage } from "./render/slack_message.ts";
import { terminationMessage } from "./render/termination_message.ts";
import { torchErrorText } from "./render/torch_error.ts";
import { describeFileError } from "./host/file_error.ts";

/** How long all sinks together may keep the exit waiting, ms: Cloud Run leaves 10 s in all. */
export const DELIVERY_MS = 8000;

/** Longest reason in a warning: some servers answer with a page, in UTF-16 units. */
const MAX_REASON = 200;

/** How a run ended, as the sinks get it: nothing secret is left in it. */
export interface RunEnd {
  readonly record: RunRecord;
  /** The run's last line, without a line end. */
  readonly verdict: string;
  /** Ms since 1970. */
  readonly startedMs: number;
  readonly detectedMs: number;
}

interface Delivery {
  /** What a warning calls it: how the user asked for it. */
  readonly name: string;
  readonly send: (signal: AbortSignal) => Promise<void>;
}

export interface DeliveryOptions {
  readonly config: Pick<Config, "sinks" | "names">;
  readonly sinks: Sinks;
  readonly clock: Clock;
  /** When the last sink is given up, ms on the monotonic clock. */
  readonly deadline: number;
  readonly warn: (text: string) => void;
}

/**
 * Hands a run's end to every sink that is asked for, side by side. One that fails or hangs costs one
 * warning. Never throws.
 */
export async function deliver(end: RunEnd, options: DeliveryOptions): Promise<void> {
  const { clock, deadline, warn } = options;
  const late = new AbortController();
  const cancel = clock.timer(deadline, () => late.abort(new Error("it took too long")));
  await Promise.all(
    deliveries(end, options).map(async ({ name, send }) => {
      try {
        await Promise.race([send(late.signal), aborted(late.signal)]);
      } catch (error) {
        warn(`${name}: ${shortened(describeFileError(error))}`);
      }
    }),
  );
  cancel();
}

function deliveries(end: RunEnd, { config, sinks }: DeliveryOptions): Delivery[] {
  const { record, verdict } = end;
  const wanted = config.sinks;
  const all: Delivery[] = [{
    name: `cannot write the termination log ${wanted.terminationLog}`,
    send: () =>
      sinks.terminationLog(terminationMessage(record, verdict), {
        path: wanted.terminationLog,
        overwrite: isBailOut(record),
      }),
  }];
  const { verdictFile, torchErrorFile, webhook, pushgateway } = wanted;
  if (verdictFile !== undefined) {
    all.push({
      name: `cannot write the verdict file ${verdictFile}`,
      send: () => sinks.verdictFile(verdictFile, `${JSON.stringify(record)}\n`),
    });
  }
  if (torchErrorFile !== undefined && isBailOut(record)) {
    const text = torchErrorText(record, end.detectedMs);
    all.push({
      name: `cannot write TORCHELASTIC_ERROR_FILE ${torchErrorFile}`,
      send: () => sinks.errorFile(torchErrorFile, text, end.startedMs),
    });
  }
  if (webhook !== undefined && isBailOut(record)) {
    const body = webhook.format === "slack"
      ? slackMessage(record, verdict)
      : JSON.stringify(record);
    all.push({
      name: `cannot reach the webhook at ${hostOf(webhook.url)}`,
      send: (signal) => sinks.webhook(webhook.url, body, signal),
    });
  }
  if (pushgateway !== undefined) {
    all.push({
      name: `cannot push to the Pushgateway at ${hostOf(pushgateway)}`,
      send: (signal) =>
        sinks.pushgateway(pushgateway, config.names.short, runMetrics(record), signal),
    });
  }
  if (wanted.otlp) {
    all.push({
      name: "cannot send metrics by OTLP",
      send: () => sinks.otlp(runMetrics(record)),
    });
  }
  return all;
}

/** A URL's path may be its password (Slack's is). */
function hostOf(url: string): string {
  return new URL(url).host;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true })
  );
}

function shortened(reason: string): string {
  const [line] = reason.trim().split("\n");
  return line!.length > MAX_REASON ? `${line!.slice(0, MAX_REASON)}…` : line!;
}
