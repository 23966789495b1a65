import type { BailOutRecord } from "../core/record.ts";

/**
 * The error file of torch.distributed.elastic (ErrorHandler.record_exception): what torchrun shows
 * as the root cause of a failed worker. `detectedMs` is in ms since 1970.
 */
export function torchErrorText(record: BailOutRecord, detectedMs: number): string {
  return JSON.stringify({
    message: {
      message: `bailout: ${record.headline} (rule ${record.rule}): ${record.lastMatch.text}`,
      errorCode: record.exitCode,
      extraInfo: {
        py_callstack: record.context.join("\n"),
        timestamp: String(Math.floor(detectedMs / 1000)),
      },
    },
  });
}
