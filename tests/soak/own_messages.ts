// bailout's messages share stderr with the agent's output. Bytes are handled as text of one character
// each, so that a pattern can look for messages among bytes that are no text.

/** What the agent is called in these messages: a name that it never prints. */
export const AGENT = "soak-agent";

const OWN = new RegExp(
  bytewise(
    "\n🚨 FATAL ERROR DETECTED: [^]*?(?:❌ Killing agent|Dry run: agent) \\(PID: [^\n]*\n|" +
      `(?:🚀 Starting ${AGENT}|📝 Logs: |[✓✗] ${AGENT} |⏳ Monitoring for fatal|` +
      `SIG[A-Z]+ received: stopping ${AGENT}|${AGENT} has left |bailout: )[^\n]*\n`,
  ),
  "g",
);

/** Bytes as text, U+0000 to U+00FF. `TextDecoder("latin1")` means Windows-1252, which is lossy. */
export function binaryText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** A pattern for binary text; a class of characters beyond ASCII becomes one of alternatives. */
function bytewise(pattern: string): string {
  const plain = pattern.replace("[✓✗]", "(?:✓|✗)");
  return binaryText(new TextEncoder().encode(plain));
}

/** bailout's own messages, in order, as text. */
export function ownMessages(stderr: Uint8Array): string {
  const found = binaryText(stderr).match(OWN) ?? [];
  const bytes = Uint8Array.from(found.join(""), (char) => char.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

/**
 * How many bytes of `printed`, from its first on, `stderr` holds besides bailout's messages; -1 where
 * it holds anything else. An output cut off right before a line feed, which is followed by one of
 * bailout's, can be read in two ways: as the "most" or the "least" bytes.
 */
export function agentBytes(stderr: Uint8Array, printed: Uint8Array, of = "most"): number {
  const pieces = binaryText(stderr).split(OWN);
  return explain(pieces, binaryText(printed), 0, of);
}

/**
 * A message on an unfinished line is preceded by a line feed of bailout's. Whether one at the end of a
 * piece is the agent's, only what follows tells.
 */
function explain(pieces: readonly string[], printed: string, from: number, of: string): number {
  const [piece, ...rest] = pieces as [string, ...string[]];
  if (rest.length === 0) return printed.startsWith(piece, from) ? from + piece.length : -1;
  const readings = [piece];
  if (/[^\n]\n$/.test(piece)) readings.push(piece.slice(0, -1));
  if (of === "least") readings.reverse();
  for (const reading of readings) {
    if (!printed.startsWith(reading, from)) continue;
    const end = explain(rest, printed, from + reading.length, of);
    if (end !== -1) return end;
  }
  return -1;
}
