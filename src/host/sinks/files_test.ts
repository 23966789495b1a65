import { assertEquals, assertRejects } from "@std/assert";
import { writeErrorFile } from "./error_file.ts";
import { writeTerminationLog } from "./termination_log.ts";
import { replaceFile } from "./verdict_file.ts";

async function inTempDir(body: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await body(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function names(dir: string): string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
}

Deno.test("replaceFile() writes a new file and replaces an old one, leaving nothing else", () =>
  inTempDir(async (dir) => {
    await replaceFile(`${dir}/v.json`, "first, and longer\n");
    await replaceFile(`${dir}/v.json`, "second\n");
    assertEquals(await Deno.readTextFile(`${dir}/v.json`), "second\n");
    assertEquals(names(dir), ["v.json"]);
  }));

Deno.test("replaceFile() never shows a reader half a file", () =>
  inTempDir(async (dir) => {
    const path = `${dir}/v.json`;
    const texts = ["a", "b"].map((letter) => letter.repeat(1 << 20));
    await replaceFile(path, texts[0]!);
    let writing = true;
    const writer = (async () => {
      for (let i = 0; i < 20; i++) await replaceFile(path, texts[i % 2]!);
      writing = false;
    })();
    while (writing) assertEquals(texts.includes(await Deno.readTextFile(path)), true);
    await writer;
  }));

Deno.test("replaceFile() keeps a symlink and replaces what it leads to", () =>
  inTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/real`);
    await Deno.writeTextFile(`${dir}/real/v.json`, "old");
    await Deno.symlink(`${dir}/real/v.json`, `${dir}/link`);
    await replaceFile(`${dir}/link`, "new");
    assertEquals(await Deno.readTextFile(`${dir}/real/v.json`), "new");
    assertEquals((await Deno.lstat(`${dir}/link`)).isSymlink, true);
  }));

Deno.test("replaceFile() refuses what isn't a regular file, and leaves nothing behind", () =>
  inTempDir(async (dir) => {
    await assertRejects(() => replaceFile(dir, "x"), Error, "it is not a regular file");
    await assertRejects(() => replaceFile("/dev/null", "x"), Error, "it is not a regular file");
    await assertRejects(() => replaceFile(`${dir}/no/such`, "x"), Deno.errors.NotFound);
    assertEquals(names(dir), []);
  }));

Deno.test("writeTerminationLog() fills the file that is named, old or new", () =>
  inTempDir(async (dir) => {
    for (const text of ["first, and longer\n", "second\n"]) {
      await writeTerminationLog(text, { path: `${dir}/t`, overwrite: false });
      assertEquals(await Deno.readTextFile(`${dir}/t`), text);
    }
  }));

Deno.test("writeTerminationLog() refuses what isn't a regular file", () =>
  inTempDir(async (dir) => {
    for (const path of [dir, "/dev/null"]) {
      const write = () => writeTerminationLog("x", { path, overwrite: true });
      await assertRejects(write, Error, "it is not a regular file");
    }
  }));

Deno.test("writeErrorFile() leaves what the child has written since the start", () =>
  inTempDir(async (dir) => {
    const path = `${dir}/error.json`;
    const started = Date.now() - 1000;
    await writeErrorFile(path, "ours", started);
    assertEquals(await Deno.readTextFile(path), "ours");
    await Deno.writeTextFile(path, "the child's");
    await writeErrorFile(path, "ours", started);
    assertEquals(await Deno.readTextFile(path), "the child's");
    const before = new Date(started - 60_000);
    await Deno.utime(path, before, before);
    await writeErrorFile(path, "ours", started);
    assertEquals(await Deno.readTextFile(path), "ours");
  }));
