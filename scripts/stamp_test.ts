import { assertEquals, assertNotEquals } from "@std/assert";
import { inputsHash, isUpToDate, writeStamp } from "./stamp.ts";

const FILES: Record<string, string> = {
  "deno.json": "{}",
  "deno.lock": "{}",
  "main.ts": "main",
  "README.md": "words",
  "src/core/rule.ts": "rule",
  "src/core/rule_test.ts": "test",
};

/** A project folder with one of the files changed, added or, where the text is `undefined`, removed. */
async function hashWith(change: Record<string, string | undefined>, facts = ["2.7.11"]) {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/src/core`, { recursive: true });
    for (const [path, text] of Object.entries({ ...FILES, ...change })) {
      if (text !== undefined) await Deno.writeTextFile(`${root}/${path}`, text);
    }
    return await inputsHash(root, facts);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("inputsHash() is the same for the same files in another folder", async () => {
  assertEquals(await hashWith({}), await hashWith({}));
});

Deno.test("inputsHash() ignores tests and documents", async () => {
  const change = { "README.md": "other", "src/core/rule_test.ts": "other" };
  assertEquals(await hashWith(change), await hashWith({}));
});

Deno.test("inputsHash() changes with all that the binary is made of", async () => {
  const before = await hashWith({});
  const changes: Record<string, string | undefined>[] = [
    { "main.ts": "other" },
    { "deno.lock": "other" },
    { "src/core/new.ts": "new" },
    { "src/core/rule.ts": undefined },
    { "src/core/rule.ts": undefined, "src/core/renamed.ts": "rule" },
  ];
  for (const change of changes) assertNotEquals(await hashWith(change), before);
  assertNotEquals(await hashWith({}, ["2.7.12"]), before);
});

Deno.test("isUpToDate() holds for the output that was stamped, and no other", async () => {
  const dir = await Deno.makeTempDir();
  const output = `${dir}/bailout`;
  try {
    assertEquals(await isUpToDate(output, "hash"), false);
    await Deno.writeTextFile(output, "binary");
    assertEquals(await isUpToDate(output, "hash"), false);
    await writeStamp(output, "hash");
    assertEquals(await isUpToDate(output, "hash"), true);
    assertEquals(await isUpToDate(output, "other"), false);
    await Deno.writeTextFile(output, "binarx");
    assertEquals(await isUpToDate(output, "hash"), false);
    await Deno.remove(output);
    assertEquals(await isUpToDate(output, "hash"), false);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
