const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL/i;

/** Shorter values are `true`, `8080`, `us`: masking them would black out half of a report. */
const MIN_LENGTH = 8;

/**
 * The values of environment variables whose names look like secrets, 8 characters or more. A value
 * of several lines (a PEM key) is there as a whole and line by line: a log is read by lines.
 */
export function secretValues(env: Readonly<Record<string, string>>): string[] {
  const values = Object.entries(env).filter(([name]) => SECRET_NAME.test(name))
    .flatMap(([, value]) => [value.trim(), ...value.split(/\r?\n/).map((part) => part.trim())])
    .filter((value) => value.length >= MIN_LENGTH);
  return [...new Set(values)];
}
