import { relative } from "node:path";
import { run } from "./command.ts";
import { npmCacheDir } from "./denort.ts";

/**
 * Bundles `main.ts` with its dependencies into the file `output`. The same sources give the same bytes
 * wherever they and Deno's cache lie. Throws `BuildError` if `deno.lock` doesn't fit the sources.
 */
export async function bundle(root: string, output: string): Promise<void> {
  await run(
    Deno.execPath(),
    ["bundle", "--quiet", "--frozen", "--platform", "deno", "main.ts", "--output", output],
    { cwd: root },
  );
  const cache = relative(root, await npmCacheDir());
  await Deno.writeTextFile(output, withoutCachePath(await Deno.readTextFile(output), cache));
}

/**
 * Replaces the place of npm's cache in a bundle's comments and module names by `npm:`, for it differs
 * between machines: `../../home/me/.cache/deno/npm/HOST/` and `/build/npm/HOST/`.
 */
export function withoutCachePath(code: string, cache: string): string {
  const escaped = cache.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return code.replace(new RegExp(`${escaped}/[^/\\s"]+/`, "g"), "npm:");
}
