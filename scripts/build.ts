import { bundle } from "./bundle.ts";
import { runMain, say } from "./command.ts";
import { compile } from "./compile.ts";
import { inputsHash, isUpToDate, writeStamp } from "./stamp.ts";
import { hostTarget, pinnedVersion, requireVersion, type Target } from "./toolchain.ts";

/** The folder of the project, without a slash at its end. */
export const ROOT = decodeURIComponent(new URL("..", import.meta.url).pathname).replace(/\/$/, "");

/**
 * Builds the program for `target` into `output`, unless it is up to date. `output` is replaced whole or
 * not at all. Throws `BuildError` with one sentence for the person who builds.
 */
export async function build(target: Target, output: string): Promise<void> {
  requireVersion(pinnedVersion(await Deno.readTextFile(`${ROOT}/Dockerfile`)));
  const inputs = await inputsHash(ROOT, [Deno.version.deno, target.triple]);
  if (await isUpToDate(output, inputs)) {
    // make compares times: without this it would ask again and again.
    await Deno.utime(output, new Date(), new Date());
    return say(`${shortPath(output)} is up to date`);
  }
  const folder = output.slice(0, output.lastIndexOf("/"));
  await Deno.mkdir(folder, { recursive: true });
  // Beside the output, for a rename can't cross file systems.
  const dir = await Deno.makeTempDir({ dir: folder, prefix: ".build-" });
  try {
    const binary = `${dir}/bailout`;
    await bundle(ROOT, `${dir}/bundle`);
    await compile({ bundle: `${dir}/bundle`, target, output: binary, cacheDir: CACHE_DIR });
    await Deno.rename(binary, output);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
  await writeStamp(output, inputs);
  say(`${shortPath(output)} built`);
}

const CACHE_DIR = `${ROOT}/.cache`;

function shortPath(path: string): string {
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : path;
}

if (import.meta.main) await runMain(() => build(hostTarget(), `${ROOT}/dist/bailout`));
