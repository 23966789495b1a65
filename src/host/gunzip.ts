import type { Gunzip } from "node:zlib";

const CHUNK_BYTES = 256 * 1024;

/**
 * What gzip data holds, also when it is several members in a row, as `cat a.gz b.gz` and logrotate
 * make them: `DecompressionStream` fails there.
 * @throws {Error} in plain words, after all that could be read, if the data is damaged or cut off.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // A static import would stand at the top of the bundle and cost every start of a run 10 ms.
  const { createGunzip } = await import("node:zlib");
  const unzip: Gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const fed = feed(chunks, unzip);
  fed.catch((error) => unzip.destroy(error));
  try {
    for await (const chunk of unzip) yield chunk;
  } catch (error) {
    await fed;
    throw new Error(describe(error));
  } finally {
    unzip.destroy();
  }
}

async function feed(
  chunks: AsyncIterable<Uint8Array>,
  unzip: Gunzip,
): Promise<void> {
  for await (const chunk of chunks) {
    if (unzip.destroyed) return;
    // The chunk's buffer is used again for the next one: zlib must be done with it.
    await new Promise<void>((resolve) => {
      unzip.once("close", resolve);
      unzip.write(chunk, () => {
        unzip.off("close", resolve);
        resolve();
      });
    });
  }
  unzip.end();
}

function describe(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "Z_BUF_ERROR") return "the gzip data is cut off";
  if (code === "Z_DATA_ERROR") return "the gzip data is damaged";
  return error instanceof Error ? error.message : String(error);
}
