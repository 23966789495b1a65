import { stripEscapes } from "../../src/core/escapes.ts";
import type { Line, StreamName } from "../../src/core/line.ts";
import { concat } from "./byte_arrays.ts";
import type { Step } from "./fuzz_case.ts";

/** Spec: matching sees at most the first 16 KiB of a line. */
const MAX_BYTES = 16 * 1024;

/** A line before it has a number: which step's bytes ended it, and where in them. */
interface Arrival {
  readonly stream: StreamName;
  readonly text: string;
  readonly step: number;
  readonly offset: number;
}

/**
 * The lines that each step completes, numbered together in order of arrival: all bytes of a stream
 * as one text, and a line is what stands before a CR or an LF.
 */
export function splitAll(steps: readonly Step[]): Line[][] {
  const arrivals = [...arrivalsOf(steps, "stdout"), ...arrivalsOf(steps, "stderr")];
  arrivals.sort((a, b) => a.step - b.step || a.offset - b.offset);
  const lines: Line[][] = steps.map(() => []);
  for (const [index, { stream, text, step }] of arrivals.entries()) {
    lines[step]!.push({ number: index + 1, stream, text, at: steps[step]!.at });
  }
  return lines;
}

function arrivalsOf(steps: readonly Step[], stream: StreamName): Arrival[] {
  const { bytes, pieces } = wholeStream(steps, stream);
  // One character a byte, so that an index in the text is one in the bytes.
  const text = new TextDecoder("latin1").decode(bytes);
  const arrivals: Arrival[] = [];
  let start = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) {
    const piece = pieces.findLast((piece) => piece.start <= index)!;
    const place = { step: piece.step, offset: index - piece.start };
    arrivals.push({ stream, text: readLine(bytes, start, index), ...place });
    start = index + end.length;
  }
  const ended = steps.findIndex((step) => step.do === "end" && step.stream === stream);
  if (start < bytes.length && ended !== -1) {
    arrivals.push({ stream, text: readLine(bytes, start, bytes.length), step: ended, offset: 0 });
  }
  return arrivals;
}

/** All bytes of a stream, and where in them those of each step start. */
function wholeStream(steps: readonly Step[], stream: StreamName) {
  const pieces: { step: number; start: number }[] = [];
  const parts = steps.map((step) =>
    step.do === "push" && step.stream === stream ? step.bytes : new Uint8Array(0)
  );
  let start = 0;
  for (const [step, { length }] of parts.entries()) {
    if (length > 0) pieces.push({ step, start });
    start += length;
  }
  return { bytes: concat(parts), pieces };
}

function readLine(bytes: Uint8Array, start: number, end: number): string {
  const seen = bytes.slice(start, Math.min(end, start + MAX_BYTES));
  return stripEscapes(new TextDecoder("utf-8", { ignoreBOM: true }).decode(seen));
}
