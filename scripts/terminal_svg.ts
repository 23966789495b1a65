/** What a terminal shows, as a picture. */
export interface TerminalPicture {
  /** With SGR escape sequences; lines end with \n. */
  readonly text: string;
  /** What screen readers and tooltips call it. */
  readonly title: string;
}

const FONT_SIZE = 14;
const LINE_HEIGHT = 20;
const PADDING = 16;
/** Advance of the widest of the fonts below, in em: Menlo's and DejaVu Sans Mono's. */
const ADVANCE = 0.602;
// Only fonts that the reader has: a picture in a README can't load any.
const FONTS = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

const BACKGROUND = "#0d1117";
const FOREGROUND = "#e6edf3";
/** SGR 31 to 36, legible on the background. */
const COLORS: Readonly<Record<number, string>> = {
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#56d4dd",
};

interface Style {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly color: string | undefined;
}

const PLAIN: Style = { bold: false, dim: false, color: undefined };

/**
 * An SVG of what a terminal shows: bold, dim and the six colours.
 * @throws {SyntaxError} for any other escape sequence.
 */
export function terminalSvg({ text, title }: TerminalPicture): string {
  let style = PLAIN;
  const lines = text.replace(/\n$/, "").split("\n").map((line) => {
    const rendered = renderLine(line, style);
    style = rendered.style;
    return rendered;
  });
  const columns = Math.max(...lines.map(({ columns }) => columns));
  const width = Math.ceil(columns * FONT_SIZE * ADVANCE) + 2 * PADDING;
  const height = lines.length * LINE_HEIGHT + 2 * PADDING;
  const rows = lines.map(({ spans }, index) => {
    const y = PADDING + (index + 0.75) * LINE_HEIGHT;
    return `  <text x="${PADDING}" y="${y}" xml:space="preserve">${spans}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title" \
width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" \
font-family="${escapeXml(FONTS)}" font-size="${FONT_SIZE}" fill="${FOREGROUND}">
  <title id="title">${escapeXml(title)}</title>
  <rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>
${rows.join("\n")}
</svg>
`;
}

/** One line in the style that the line before ended with; columns as a terminal counts them. */
function renderLine(line: string, style: Style): { spans: string; columns: number; style: Style } {
  let spans = "";
  let columns = 0;
  // deno-lint-ignore no-control-regex -- ESC is what escape sequences begin with
  for (const part of line.split(/(\x1b\[[\d;]*[A-Za-z])/)) {
    if (part.startsWith("\x1b")) {
      style = styled(style, part);
      continue;
    }
    if (part === "") continue;
    columns += columnsOf(part);
    spans += span(part, style);
  }
  return { spans, columns, style };
}

function styled(style: Style, escape: string): Style {
  // deno-lint-ignore no-control-regex -- as above
  const [, codes] = /^\x1b\[([\d;]*)m$/.exec(escape) ?? [];
  if (codes === undefined) throw new SyntaxError(`Cannot draw ${JSON.stringify(escape)}`);
  return codes.split(";").map(Number).reduce((style, code) => {
    if (code === 0) return PLAIN;
    if (code === 1) return { ...style, bold: true };
    if (code === 2) return { ...style, dim: true };
    if (code === 22) return { ...style, bold: false, dim: false };
    if (code === 39) return { ...style, color: undefined };
    if (code in COLORS) return { ...style, color: COLORS[code] };
    throw new SyntaxError(`Cannot draw ${JSON.stringify(escape)}`);
  }, style);
}

function span(text: string, { bold, dim, color }: Style): string {
  const attributes = [
    bold ? ' font-weight="bold"' : "",
    dim ? ' fill-opacity="0.65"' : "",
    color === undefined ? "" : ` fill="${color}"`,
  ].join("");
  const escaped = escapeXml(text);
  return attributes === "" ? escaped : `<tspan${attributes}>${escaped}</tspan>`;
}

/** Emoji take two columns. */
function columnsOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (/\p{Emoji_Presentation}/u.test(char) ? 2 : 1), 0);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
