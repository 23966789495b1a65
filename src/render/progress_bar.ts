import { durationText } from "./duration_text.ts";

const CELLS = 24;
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** `45% ███████████░░░░░░░░░░░░░ 450 MiB of 1.0 GiB, 3.1s left`. Bytes and ms. */
export function progressText(done: number, total: number, elapsedMs: number): string {
  const share = total === 0 ? 1 : Math.min(done / total, 1);
  const full = Math.round(share * CELLS);
  const bar = "█".repeat(full) + "░".repeat(CELLS - full);
  const left = share === 0 ? "" : `, ${durationText(elapsedMs / share - elapsedMs)} left`;
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `${percent}% ${bar} ${sizeText(done)} of ${sizeText(total)}${left}`;
}

/** `512 B`, `1.5 KiB`, `450 MiB`. */
export function sizeText(bytes: number): string {
  const unit = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const value = bytes / 1024 ** unit;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}
