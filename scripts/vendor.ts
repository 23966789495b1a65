const TIMEOUT_MS = 3000;

/**
 * Whether Deno's vendor can be asked for the runtime base that `deno compile` downloads. The answer
 * comes within 3 s, so that a network that drops packets doesn't hold the build.
 */
export async function vendorHasBase(
  triple: string,
  version: string = Deno.version.deno,
  fetcher: typeof fetch = fetch,
): Promise<boolean> {
  try {
    const response = await fetcher(
      `https://dl.deno.land/release/v${version}/denort-${triple}.zip`,
      { method: "HEAD", signal: AbortSignal.timeout(TIMEOUT_MS) },
    );
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
