/** A fenced block of a page. */
export interface Block {
  /** `docs/check.md:5`, the line of its fence. */
  readonly where: string;
  /** After the fence: `sh`, or nothing. */
  readonly language: string;
  readonly text: string;
}

/** Every fenced block of a page, in order. */
export function blocksOf(page: string, text: string): Block[] {
  return [...text.matchAll(/^```(\S*)\n([^]*?)^```$/gm)].map((match) => ({
    where: `${page}:${text.slice(0, match.index).split("\n").length}`,
    language: match[1]!,
    text: match[2]!,
  }));
}

/** A command of a transcript, and what it prints. */
export interface Step {
  readonly command: string;
  readonly output: string;
}

/** The steps of a transcript: `$ command` and the lines after it. */
export function stepsOf(transcript: string): Step[] {
  return transcript.split(/^\$ /m).slice(1).map((step) => {
    const [command, ...lines] = step.split("\n");
    return { command: command!, output: lines.join("\n") };
  });
}

/**
 * Whether a transcript's output is `actual`. A line `…` stands for any number of lines; process ids
 * and times may differ.
 */
export function sameOutput(expected: string, actual: string): boolean {
  const escaped = timeless(expected).split("\n").map((line) => line.trim() === "…" ? null : line)
    .map((line) =>
      line === null ? "(?:.*\n)*?" : line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + "\n"
    );
  return new RegExp(`^${escaped.join("")}$`).test(timeless(actual) + "\n");
}

/** Without what differs between two runs. */
export function timeless(text: string): string {
  return text.replace(/PID: \d+/g, "PID: 1").replace(/after [\d.]+m?s/g, "after 1s");
}

/** The commands of a script, each on one line and without its comments. */
export function commandsOf(script: string): string[] {
  return script.replaceAll("\\\n", " ").split("\n").map((line) =>
    line.replace(/(?:^|\s+)#.*$/, "").replace(/\s+/g, " ").trim()
  ).filter((line) => line !== "");
}
