/**
 * Replaces the file whole or not at all: whoever waits for it never sees half a record, also after
 * a crash. A symlink stays one, and what it leads to is replaced.
 * @throws {Error} if it can't be written, or is there and not a regular file.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const known = await Deno.stat(path).catch(ifMissing);
  // rename(2) would put a plain file in the place of /dev/null.
  if (known !== undefined && !known.isFile) throw new Error("it is not a regular file");
  const target = known === undefined ? path : await Deno.realPath(path);
  // In the same folder: a rename can't cross file systems.
  const temporary = `${target}.${crypto.randomUUID()}.tmp`;
  try {
    const file = await Deno.open(temporary, { write: true, createNew: true });
    try {
      const bytes = new TextEncoder().encode(text);
      for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await file.write(rest));
      await file.syncData();
    } finally {
      file.close();
    }
    await Deno.rename(temporary, target);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

function ifMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
