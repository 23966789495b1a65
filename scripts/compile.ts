import { ENTRY } from "./bundle.ts";
import { BuildError, run, say } from "./command.ts";
import { npmRuntimeBase, requireBase } from "./denort.ts";
import { COMPILE_FLAGS, type Target } from "./toolchain.ts";
import { vendorHasBase } from "./vendor.ts";

/** Inside the binary each file has a time: a fixed one, so that two builds are the same bytes. */
const FILE_TIME = new Date("2000-01-01T00:00:00Z");

export interface CompileOptions {
  /** The folder of the program's JavaScript files; `ENTRY` of bundle.ts is started. */
  bundle: string;
  target: Target;
  /** Path of the binary; its folder holds nothing else, its base name is baked into the binary. */
  output: string;
  /** Where a runtime base out of npm is kept. */
  cacheDir: string;
}

/**
 * Compiles a bundle into a binary. The runtime base is the one that the variable DENORT_BIN names,
 * or the vendor's, or where that can't be had npm's; a line on stderr says which.
 * Throws {@linkcode BuildError} if the hash of a base is wrong or none can be had.
 */
export async function compile(options: CompileOptions): Promise<void> {
  const { target, cacheDir } = options;
  const named = Deno.env.get("DENORT_BIN");
  if (named) {
    await requireBase(named, target.base);
    say(`runtime base (${target.name}): DENORT_BIN, ${named}`);
    return await denoCompile(options, { DENORT_BIN: named });
  }
  if (await compiledWithVendor(options)) return;
  const base = await npmRuntimeBase(target, cacheDir);
  const { package: name, version } = target.base;
  say(`runtime base (${target.name}): ${name}@${version} from npm, the vendor can't be reached`);
  await denoCompile(options, { DENORT_BIN: base });
}

async function compiledWithVendor(options: CompileOptions): Promise<boolean> {
  const { target } = options;
  if (!await vendorHasBase(target.triple)) return false;
  try {
    await denoCompile(options, {});
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    say(`warning: with the vendor's runtime base: ${error.message}`);
    return false;
  }
  say(`runtime base (${target.name}): the vendor's`);
  return true;
}

async function denoCompile(options: CompileOptions, env: Record<string, string>): Promise<void> {
  // Outside of the project: a package.json or node_modules around the file would be embedded.
  const dir = await Deno.makeTempDir({ prefix: "bailout-compile-" });
  try {
    for (const { name } of Deno.readDirSync(options.bundle)) {
      await Deno.copyFile(`${options.bundle}/${name}`, `${dir}/${name}`);
      await Deno.utime(`${dir}/${name}`, FILE_TIME, FILE_TIME);
    }
    const args = ["--target", options.target.triple, "--output", options.output, ENTRY];
    await run(
      Deno.execPath(),
      ["compile", "--quiet", "--no-config", ...COMPILE_FLAGS, ...args],
      { cwd: dir, env },
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
