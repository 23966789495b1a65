/** Segments kept: findings name lines that have just been read, never old ones. */
const MAX_SEGMENTS = 4096;

interface Segment {
  /** The first of the monitor's lines that this is about. */
  readonly from: number;
  /** The file's line that it stands in. */
  readonly line: number;
  /** All of them are pieces of that one line: a progress bar redrawn with CR. */
  readonly pieces: boolean;
}

/**
 * The monitor counts each redraw of a progress bar as a line; a person's editor counts line feeds.
 * This tells from the one number the other.
 */
export class LineMap {
  #segments: Segment[] = [{ from: 1, line: 1, pieces: false }];

  /** The monitor's lines `from` and later are pieces of the file's line `line`. */
  split(from: number, line: number): void {
    this.#add({ from, line, pieces: true });
  }

  /** From here on the two counts go together again. */
  resume(from: number, line: number): void {
    this.#add({ from, line, pieces: false });
  }

  fileLine(monitorLine: number): number {
    const segment = this.#segments.findLast(({ from }) => from <= monitorLine) ??
      this.#segments[0]!;
    return segment.pieces ? segment.line : segment.line + Math.max(monitorLine - segment.from, 0);
  }

  #add(segment: Segment): void {
    if (this.#segments.length === MAX_SEGMENTS) this.#segments.splice(0, MAX_SEGMENTS / 2);
    if (this.#segments.at(-1)!.from === segment.from) this.#segments.pop();
    this.#segments.push(segment);
  }
}
