import { agentBytes, ownMessages } from "./own_messages.ts";
import type { Ending, SoakCase, SoakOutcome } from "./soak_case.ts";

const MIB = 1024 * 1024;
/** V8's own 20 MiB, the chunks under way, and garbage that it hasn't collected yet. */
const MOST_MEMORY = 160 * MIB;
const MOST_FILES = 32;

/** What is wrong with an outcome, each in a sentence; nothing where it is the right one. */
export function problems(soaked: SoakCase, outcome: SoakOutcome): string[] {
  return [
    ...endingProblems(soaked, outcome),
    ...byteProblems(soaked, outcome),
    ...outcome.leaked.map((command) => `left behind: ${command}`),
    ...outcome.memory > MOST_MEMORY ? [`took ${Math.round(outcome.memory / MIB)} MiB`] : [],
    ...outcome.files > MOST_FILES ? [`held ${outcome.files} descriptors`] : [],
  ];
}

function endingProblems({ endings, reader }: SoakCase, outcome: SoakOutcome): string[] {
  if (outcome.code === undefined) return ["it didn't end"];
  if (outcome.signal !== null) return [`bailout itself was ended by ${outcome.signal}`];
  const seen: Ending = { code: outcome.code, headline: headline(outcome) };
  const right = endings.some(({ code, headline }) =>
    code === seen.code && headline === seen.headline
  );
  const warnings = ownMessages(outcome.err).match(/^bailout: warning: .*$/gm) ?? [];
  const allowed = reader.how === "gone" ? 1 : 0;
  return [
    ...right
      ? []
      : [`ended with ${describe(seen)} and not with ${endings.map(describe).join(" or ")}`],
    ...warnings.length > allowed ? [`warned: ${warnings.join("; ")}`] : [],
  ];
}

/** The headline of the one report; several are joined, so that they are none of a case's. */
function headline({ err }: SoakOutcome): string | undefined {
  const found = [...ownMessages(err).matchAll(/FATAL ERROR DETECTED: (.*)/g)];
  return found.length === 0 ? undefined : found.map(([, title]) => title).join(" and ");
}

function describe({ code, headline }: Ending): string {
  return `${code} (${headline ?? "no report"})`;
}

function byteProblems(soaked: SoakCase, outcome: SoakOutcome): string[] {
  const got = {
    out: startsWith(soaked.out, outcome.out) ? outcome.out.length : -1,
    err: agentBytes(outcome.err, soaked.err),
  };
  const found: string[] = [];
  for (const stream of ["out", "err"] as const) {
    if (got[stream] === -1) found.push(`std${stream} isn't what the agent printed`);
    else if (!(stream === "out" && soaked.reader.how === "gone")) {
      found.push(...lengthProblems(soaked, outcome, stream, got[stream]));
    }
  }
  const { logged } = outcome;
  const { written } = outcome;
  const inLog = Math.max(written.out, got.out) + Math.max(written.err, got.err);
  const leastErr = agentBytes(outcome.err, soaked.err, "least");
  const least = Math.max(written.out, got.out) + Math.max(written.err, leastErr);
  // What was written in the agent's last moment isn't in its own account.
  if (logged !== undefined && (logged < least || logged > inLog + soaked.chunk)) {
    found.push(`the log file has ${logged} bytes of ${inLog}`);
  }
  return found;
}

function lengthProblems(
  { whole, chunk, ...soaked }: SoakCase,
  { written }: SoakOutcome,
  stream: "out" | "err",
  length: number,
): string[] {
  const [from, to] = whole
    ? [soaked[stream].length, soaked[stream].length]
    : [written[stream], written[stream] + chunk];
  if (from <= length && length <= to) return [];
  return [`std${stream} has ${length} bytes and not ${from === to ? from : `${from} to ${to}`}`];
}

function startsWith(whole: Uint8Array, start: Uint8Array): boolean {
  return start.length <= whole.length && start.every((byte, i) => byte === whole[i]);
}
