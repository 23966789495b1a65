/** Which of the child's pipes a line came from. */
export type StreamName = "stdout" | "stderr";

/** One line of the child's output, as the detectors and the report see it. */
export interface Line {
  /** Position in the order of arrival over both streams, from 1. */
  readonly number: number;
  readonly stream: StreamName;
  /** Without its line end and terminal escapes; at most the first 16 KiB of the line. */
  readonly text: string;
  /** Milliseconds on the monotonic clock when the line was complete. */
  readonly at: number;
}
