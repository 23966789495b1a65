const DAY_MS = 86_400_000;

/**
 * Ms since 1970 of a date and a time of day without a zone. Days are counted as in
 * howardhinnant.github.io/date_algorithms.html: `Date` is not for the pure part.
 */
export function civilMs(date: readonly [number, number, number], timeOfDayMs: number): number {
  const [year, month, day] = date;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) +
    dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) * DAY_MS + timeOfDayMs;
}

/** `2024-05-01T12:00:03.250`, without a zone. `ms` since 1970. */
export function civilText(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  const rest = Math.floor(ms - days * DAY_MS);
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted + (shifted < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const hours = Math.floor(rest / 3_600_000);
  const minutes = Math.floor(rest / 60_000) % 60;
  const seconds = Math.floor(rest / 1000) % 60;
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T` +
    `${pad(hours)}:${pad(minutes)}:${pad(seconds)}.${pad(rest % 1000, 3)}`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
