/** A duration in ms for people: `0.4s`, `12.3s`, `3m 05s`, `2h 00m`. */
export function durationText(ms: number): string {
  const seconds = Math.max(ms, 0) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m`;
}
