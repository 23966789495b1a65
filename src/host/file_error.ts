/** Why a file can't be read or written, for the end of a sentence: no path, no error number. */
export function describeFileError(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file or directory";
  // Deno opens devices, /proc and /dev/fd only to programs that may do everything.
  if (error instanceof Deno.errors.NotCapable) return "devices and /proc are closed to bailout";
  if (!(error instanceof Error)) return String(error);
  return error.message.replace(/ \(os error.*$/, "").replace(/: \w+ '.*$/, "").toLowerCase();
}
