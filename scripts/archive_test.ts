import { assertEquals } from "@std/assert";
import { packFolder, writeChecksums } from "./archive.ts";
import { run } from "./command.ts";
import { fileSha256 } from "./hash.ts";

async function withTempDir(body: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await body(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function folderWith(dir: string, names: string[]): Promise<string> {
  const folder = `${dir}/${crypto.randomUUID()}`;
  await Deno.mkdir(folder);
  for (const name of names) await Deno.writeTextFile(`${folder}/${name}`, name);
  return folder;
}

Deno.test("packFolder() gives the same bytes for the same files, whatever their order and times", () =>
  withTempDir(async (dir) => {
    const first = await folderWith(dir, ["bailout", "LICENSE"]);
    const second = await folderWith(dir, ["LICENSE", "bailout"]);
    await Deno.utime(`${second}/LICENSE`, 1, 1);
    await packFolder(first, `${dir}/first.tar.gz`);
    await packFolder(second, `${dir}/second.tar.gz`);
    assertEquals(await fileSha256(`${dir}/first.tar.gz`), await fileSha256(`${dir}/second.tar.gz`));
    const listed = await run("tar", ["--list", `--file=${dir}/first.tar.gz`]);
    assertEquals(listed, "LICENSE\nbailout\n");
  }));

Deno.test("writeChecksums() writes what sha256sum -c accepts", () =>
  withTempDir(async (dir) => {
    const folder = await folderWith(dir, ["b.tar.gz", "a.tar.gz"]);
    await writeChecksums(folder, ["b.tar.gz", "a.tar.gz"]);
    const checked = await run("sha256sum", ["--check", "SHA256SUMS"], { cwd: folder });
    assertEquals(checked, "a.tar.gz: OK\nb.tar.gz: OK\n");
  }));
