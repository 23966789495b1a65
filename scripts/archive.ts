import { run } from "./command.ts";
import { fileSha256 } from "./hash.ts";

/** Time of every file in an archive, in seconds since 1970: not 0, of which tar warns. */
const FILE_TIME = 946684800;

/**
 * Packs a folder's files into a .tar.gz, whole or not at all. The same files give the same bytes: order,
 * owner and times don't come from this machine.
 */
export async function packFolder(folder: string, archive: string): Promise<void> {
  const files = await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name);
  const partial = `${archive}.${Deno.pid}.partial`;
  try {
    await run("tar", [
      "--create",
      `--file=${partial}`,
      "--use-compress-program=gzip -n",
      "--format=ustar",
      `--mtime=@${FILE_TIME}`,
      "--owner=0",
      "--group=0",
      "--numeric-owner",
      `--directory=${folder}`,
      ...files.sort(),
    ]);
    await Deno.rename(partial, archive);
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
}

/** Writes `SHA256SUMS` beside the files of a folder, in the form that `sha256sum -c` reads. */
export async function writeChecksums(folder: string, names: string[]): Promise<void> {
  const lines = await Promise.all(
    names.toSorted().map(async (name) => `${await fileSha256(`${folder}/${name}`)}  ${name}\n`),
  );
  await Deno.writeTextFile(`${folder}/SHA256SUMS`, lines.join(""));
}
