import { assertEquals, assertMatch } from "@std/assert";
import { bytes } from "../testing/builders.ts";
import { LogFile } from "./log_file.ts";

/** A test with a folder of its own. The log stays open to the end of the process, as it does. */
function logTest(name: string, run: (folder: string) => Promise<void>): void {
  Deno.test({
    name: `LogFile ${name}`,
    sanitizeResources: false,
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        await run(folder);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

async function open(path: string, maxBytes = 1000) {
  const warnings: string[] = [];
  return { log: await LogFile.open(path, maxBytes, (text) => warnings.push(text)), warnings };
}

const read = (path: string) => Deno.readTextFile(path);
const names = (folder: string) =>
  Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();

logTest("starts empty, whatever the file held before", async (folder) => {
  const path = `${folder}/x.log`;
  await Deno.writeTextFile(path, "old");
  const { warnings } = await open(path);
  assertEquals([await read(path), warnings], ["", []]);
});

logTest("keeps the order of writes", async (folder) => {
  const { log } = await open(`${folder}/x.log`);
  await Promise.all(["a", "b", "c"].map((text) => log.write(bytes(text))));
  assertEquals(await read(`${folder}/x.log`), "abc");
});

logTest("is rotated before the write that would make it too large", async (folder) => {
  const path = `${folder}/x.log`;
  const { log, warnings } = await open(path, 10);
  await log.write(bytes("12345"));
  await log.write(bytes("67890"));
  assertEquals(names(folder), ["x.log"]);
  await log.write(bytes("next"));
  assertEquals([await read(path), await read(`${path}.1`)], ["next", "1234567890"]);
  assertEquals(warnings, []);
});

logTest("keeps only the newest of the rotated files", async (folder) => {
  const path = `${folder}/x.log`;
  const { log } = await open(path, 4);
  for (const text of ["aaaa", "bbbb", "cccc", "dd"]) await log.write(bytes(text));
  assertEquals(names(folder), ["x.log", "x.log.1"]);
  assertEquals([await read(path), await read(`${path}.1`)], ["dd", "cccc"]);
});

logTest("cuts a write that is larger than a file may be", async (folder) => {
  const path = `${folder}/x.log`;
  const { log } = await open(path, 4);
  await log.write(bytes("too large"));
  assertEquals(names(folder), ["x.log", "x.log.1"]);
  assertEquals([await read(path), await read(`${path}.1`)], ["e", "larg"]);
});

logTest("warns once where the path is a folder, and drops the output", async (folder) => {
  const { log, warnings } = await open(folder);
  await log.write(bytes("a"));
  await log.write(bytes("b"));
  const problem = `cannot write the log file ${folder}: it is not a regular file; ` +
    "the run goes on without it";
  assertEquals(warnings, [problem]);
  assertEquals(names(folder), []);
});

logTest("warns once where the folder isn't there", async (folder) => {
  const path = `${folder}/none/x.log`;
  const { log, warnings } = await open(path);
  await log.write(bytes("a"));
  const problem = `cannot write the log file ${path}: there is no such file or directory; ` +
    "the run goes on without it";
  assertEquals(warnings, [problem]);
});

logTest("doesn't wait for a reader where the path is a FIFO", async (folder) => {
  // A socket stands in for it: Deno can't make a FIFO without another program.
  const path = `${folder}/socket`;
  const listener = Deno.listen({ transport: "unix", path });
  const { warnings } = await open(path);
  listener.close();
  assertMatch(warnings[0]!, /it is not a regular file; the run goes on without it$/);
});

logTest("writes into a device without renaming it", async (folder) => {
  // Through a link: a mistake here must not cost the machine its /dev/null.
  const path = `${folder}/null`;
  await Deno.symlink("/dev/null", path);
  const { log, warnings } = await open(path, 4);
  for (const text of ["aaaa", "bbbb", "cccc"]) await log.write(bytes(text));
  assertEquals([warnings, names(folder)], [[], ["null"]]);
});

logTest("warns once where the disk is full", async (folder) => {
  const path = `${folder}/full`;
  await Deno.symlink("/dev/full", path);
  const { log, warnings } = await open(path);
  await log.write(bytes("a"));
  await log.write(bytes("b"));
  const problem = `cannot write the log file ${path}: no space left on device; ` +
    "the run goes on without it";
  assertEquals(warnings, [problem]);
});

logTest("starts anew where somebody has removed the file", async (folder) => {
  const path = `${folder}/x.log`;
  const { log, warnings } = await open(path, 4);
  await log.write(bytes("aaaa"));
  await Deno.remove(path);
  await log.write(bytes("bbbb"));
  assertEquals([warnings, names(folder), await read(path)], [[], ["x.log"], "bbbb"]);
});

logTest("warns once where the rotated file can't be put in place", async (folder) => {
  const path = `${folder}/x.log`;
  await Deno.mkdir(`${path}.1`);
  const { log, warnings } = await open(path, 4);
  for (const text of ["aaaa", "bbbb", "cccc"]) await log.write(bytes(text));
  assertEquals(warnings.length, 1);
  assertEquals(await read(path), "aaaa");
});
