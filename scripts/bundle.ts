import { relative } from "node:path";
import { run } from "./command.ts";
import { npmCacheDir } from "./denort.ts";
import { sha256 } from "./hash.ts";

/** The file of a bundle that is started. */
export const ENTRY = "bailout.js";

/**
 * Bundles `main.ts` with its dependencies into `ENTRY` and further files in `folder`: what is only
 * imported when it is needed (metrics, rule files) has a file of its own, which a run that doesn't
 * need it never parses. `minified` leaves out what only a reader needs: V8 reads each file at every
 * start. The same sources give the same bytes wherever they and Deno's cache lie.
 * Throws `BuildError` if `deno.lock` doesn't fit the sources.
 */
export async function bundle(root: string, folder: string, minified = true): Promise<void> {
  await run(
    Deno.execPath(),
    [
      ...["bundle", "--quiet", "--frozen", "--platform", "deno", "--code-splitting"],
      ...(minified ? ["--minify"] : []),
      ...["--outdir", folder, "main.ts"],
    ],
    { cwd: root },
  );
  const cache = relative(root, await npmCacheDir());
  const files = new Map<string, string>();
  for (const { name } of Deno.readDirSync(folder)) {
    const text = withoutCachePath(await Deno.readTextFile(`${folder}/${name}`), cache);
    files.set(name, withRequire(text));
    await Deno.remove(`${folder}/${name}`);
  }
  for (const [name, text] of await withStableNames(withoutIdleShim(files))) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
}

/**
 * Renames a bundle's files after their contents, and `main.js` to `ENTRY`: the bundler's names come
 * from contents in which the place of npm's cache still stood.
 */
export async function withStableNames(
  files: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const names = new Map<string, string>([["main.js", ENTRY]]);
  const plain = rename([...files.keys()], withoutHash);
  for (const [name, text] of [...files].sort(([a], [b]) => a < b ? -1 : 1)) {
    if (names.has(name)) continue;
    const hash = await sha256(new TextEncoder().encode(plain(text)));
    names.set(name, withoutHash(name).replace(/\.js$/, `-${hash.slice(0, 12)}.js`));
  }
  const renamed = rename([...files.keys()], (name) => names.get(name)!);
  return new Map([...files].map(([name, text]) => [names.get(name)!, renamed(text)]));
}

/** `chunk-4IZPHC6B.js` → `chunk.js` */
function withoutHash(name: string): string {
  return name.replace(/-[0-9A-Z]{8}\.js$/, ".js");
}

/** Gives the files of a bundle other names wherever one imports another. */
function rename(names: readonly string[], to: (name: string) => string): (text: string) => string {
  const escaped = names.map((name) => name.replace(/[.]/g, "\\.")).join("|");
  const pattern = new RegExp(`"\\./(${escaped})"`, "g");
  return (text) => text.replace(pattern, (_, name: string) => `"./${to(name)}"`);
}

/**
 * Gives a minified bundle's CommonJS packages Node's modules. Deno does so by itself where it finds
 * esbuild's shim for that, which it doesn't under the short names of a minified one.
 */
export function withRequire(code: string): string {
  const shim = /\((\w+)=>typeof require<"u"\?require:.*?Dynamic require of.*?not supported'\)\}\)/;
  if (!shim.test(code)) return code;
  return `import{createRequire}from"node:module";${
    code.replace(shim, "createRequire(import.meta.url)")
  }`;
}

/**
 * Leaves that shim out of the files that only import it as a whole, which the bundler lets each entry do:
 * `node:module` takes 1.2 ms of a start. Who requires something imports it by name.
 */
export function withoutIdleShim(files: ReadonlyMap<string, string>): Map<string, string> {
  const able = [...files].filter(([, text]) => text.includes("createRequire(import.meta.url)"));
  const names = new Set(able.map(([name]) => name));
  const bare = /^import ?"\.\/([^"]+)";\n?|(?<=;)import"\.\/([^"]+)";/gm;
  return new Map([...files].map(([file, text]) => [
    file,
    text.replace(bare, (whole, a?: string, b?: string) => names.has(a ?? b ?? "") ? "" : whole),
  ]));
}

/**
 * Replaces the place of npm's cache in a bundle's comments and module names by `npm:`, for it differs
 * between machines: `../../home/me/.cache/deno/npm/HOST/` and `/build/npm/HOST/`.
 */
export function withoutCachePath(code: string, cache: string): string {
  const escaped = cache.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return code.replace(new RegExp(`${escaped}/[^/\\s"]+/`, "g"), "npm:");
}
