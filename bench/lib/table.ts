import { isMet, ratioOf, type Row, type Target, type Unit } from "./row.ts";

const HEADER = ["measured", "bailout", "compared with", "", "ratio", "target", ""];

/** The rows as a table in Markdown, its columns padded as `deno fmt` wants them. */
export function renderTable(rows: readonly Row[]): string {
  const cells = [HEADER, ...rows.map(cellsOf)];
  const widths = HEADER.map((_, column) => Math.max(...cells.map((row) => row[column]!.length), 2));
  const lines = cells.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column]!))));
  lines.splice(1, 0, line(widths.map((width) => "-".repeat(width))));
  return lines.join("\n");
}

/** `512 MB/s`, `1.85 s/GB`; `never` for what didn't happen. */
export function formatFigure(figure: number, unit: Unit): string {
  if (!Number.isFinite(figure)) return "never";
  return `${digits(figure)} ${unit}`;
}

function cellsOf(row: Row): string[] {
  const { what, figure, unit, peer } = row;
  const ratio = ratioOf(row);
  const met = isMet(row);
  return [
    what,
    formatFigure(figure, unit),
    peer?.name ?? "",
    peer === undefined ? "" : formatFigure(peer.figure, unit),
    ratio === undefined ? "" : digits(ratio),
    targetText(row),
    met === undefined ? "" : met ? "met" : "**missed**",
  ];
}

function targetText({ target, unit }: Row): string {
  if (target === undefined) return "";
  const limit = target.of === "ratio" ? `${target.value} ×` : `${target.value} ${unit}`;
  return `${SIGNS[target.bound]} ${limit}`;
}

const SIGNS: Record<Target["bound"], string> = { "at least": "≥", "at most": "≤" };

/** Three digits that count, and no fraction of a hundred. */
function digits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
