/** SHA-256 of bytes, as lower-case hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** SHA-256 of a file, as lower-case hex; `undefined` where there is no such file. */
export async function fileSha256(path: string): Promise<string | undefined> {
  const bytes = await readIfExists(path);
  return bytes && await sha256(bytes);
}

/** The bytes of a file; `undefined` where there is no such file. */
export async function readIfExists(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
