const PREFIX = "BAILOUT_";

/** Our environment as text; variables that aren't UTF-8 stay for the child, but aren't in it. */
export function readEnvironment(): Record<string, string> {
  return Deno.env.toObject();
}

/**
 * Takes our own variables out of the environment that the child inherits. Deleting them here,
 * instead of passing a copy, leaves all others to the last byte as they are.
 */
export function hideOwnVariables(env: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(env)) {
    if (name.startsWith(PREFIX)) Deno.env.delete(name);
  }
}
