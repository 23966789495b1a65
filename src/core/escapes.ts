// ECMA-48: CSI sequences (7-bit and 8-bit), OSC ended by BEL or ST, DCS/SOS/PM/APC strings, and the
// short escapes. Each alternative stops at the next ESC, so a line full of broken ones stays linear.
const ESCAPE = new RegExp(
  [
    "\\x1b\\[[0-?]*[ -/]*[@-~]",
    "\\x9b[0-?]*[ -/]*[@-~]",
    "\\x1b\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)",
    "\\x1b[PX^_][^\\x1b]*\\x1b\\\\",
    "\\x1b[ -/]*[0-~]",
  ].join("|"),
  "g",
);

/** `text` without terminal escape sequences (colours, cursor moves, titles, hyperlinks). */
export function stripEscapes(text: string): string {
  return text.includes("\x1b") || text.includes("\x9b") ? text.replace(ESCAPE, "") : text;
}
