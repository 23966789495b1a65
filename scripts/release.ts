import { packFolder, writeChecksums } from "./archive.ts";
import { build, ROOT } from "./build.ts";
import { BuildError, runMain, say } from "./command.ts";
import { type Target, TARGETS } from "./toolchain.ts";

const DOCUMENTS = ["LICENSE", "README.md"];

/** The folder that a release is written to. */
export const RELEASE_DIR = `${ROOT}/dist/release`;

/**
 * Builds every target and writes their archives and `SHA256SUMS` to `dist/release`; returns the names of
 * the archives. What an earlier version left there is removed.
 */
export async function release(): Promise<string[]> {
  const version = await projectVersion();
  await Deno.remove(RELEASE_DIR, { recursive: true }).catch(() => {});
  await Deno.mkdir(RELEASE_DIR, { recursive: true });
  const names: string[] = [];
  for (const target of TARGETS) {
    const name = `bailout-${version}-${target.name}.tar.gz`;
    await packTarget(target, `${RELEASE_DIR}/${name}`);
    names.push(name);
  }
  await writeChecksums(RELEASE_DIR, names);
  return names;
}

async function packTarget(target: Target, archive: string): Promise<void> {
  const folder = `${ROOT}/dist/${target.name}`;
  await build(target, `${folder}/bailout`);
  const staging = await Deno.makeTempDir({ prefix: "bailout-release-" });
  try {
    await copyInto(staging, `${folder}/bailout`, 0o755);
    for (const name of DOCUMENTS) await copyInto(staging, `${ROOT}/${name}`, 0o644);
    await packFolder(staging, archive);
  } finally {
    await Deno.remove(staging, { recursive: true });
  }
}

async function copyInto(folder: string, file: string, mode: number): Promise<void> {
  const name = file.slice(file.lastIndexOf("/") + 1);
  try {
    await Deno.copyFile(file, `${folder}/${name}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new BuildError(`Cannot make a release without ${name}`);
  }
  await Deno.chmod(`${folder}/${name}`, mode);
}

async function projectVersion(): Promise<string> {
  return JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`)).version;
}

if (import.meta.main) {
  await runMain(async () => {
    for (const name of await release()) say(`dist/release/${name}`);
    say("dist/release/SHA256SUMS");
  });
}
