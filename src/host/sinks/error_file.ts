import { replaceFile } from "./verdict_file.ts";

/**
 * Writes an error file, unless the child has written its own since `startedMs` (ms since 1970): it
 * knows its exception better.
 * @throws {Error} if it can't be written.
 */
export async function writeErrorFile(path: string, text: string, startedMs: number): Promise<void> {
  const known = await Deno.stat(path).catch(() => undefined);
  const own = known !== undefined && known.size > 0 && (known.mtime?.getTime() ?? 0) >= startedMs;
  if (!own) await replaceFile(path, text);
}
