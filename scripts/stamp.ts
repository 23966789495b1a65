import { fileSha256, readIfExists, sha256 } from "./hash.ts";

/** What the binary is made of: files, and folders with all but the tests in them. */
const INPUTS = ["deno.json", "deno.lock", "main.ts", "src", "types", "scripts"];

/**
 * Hash of all that a build's result depends on: names and bytes of the files, and `facts` such as the
 * Deno version. Times don't count, so a fresh checkout and a touched file rebuild nothing.
 */
export async function inputsHash(root: string, facts: string[]): Promise<string> {
  const lines = [...facts];
  for (const input of INPUTS) {
    for (const path of await filesIn(root, input)) {
      lines.push(`${await fileSha256(`${root}/${path}`)} ${path}`);
    }
  }
  return await sha256(new TextEncoder().encode(lines.join("\n")));
}

/** Whether `output` is there, unchanged, and was made from inputs of this hash. */
export async function isUpToDate(output: string, inputs: string): Promise<boolean> {
  const stamp = await readIfExists(stampPath(output));
  if (stamp === undefined) return false;
  const made = await fileSha256(output);
  return new TextDecoder().decode(stamp) === `${inputs} ${made}\n`;
}

/** Notes from which inputs `output` was made. */
export async function writeStamp(output: string, inputs: string): Promise<void> {
  await Deno.writeTextFile(stampPath(output), `${inputs} ${await fileSha256(output)}\n`);
}

function stampPath(output: string): string {
  return output.replace(/[^/]*$/, ".$&.stamp");
}

async function filesIn(root: string, path: string): Promise<string[]> {
  const info = await Deno.stat(`${root}/${path}`).catch(() => undefined);
  if (info === undefined) return [];
  if (!info.isDirectory) return path.endsWith("_test.ts") ? [] : [path];
  const names = await Array.fromAsync(Deno.readDir(`${root}/${path}`), (entry) => entry.name);
  const nested = await Promise.all(names.sort().map((name) => filesIn(root, `${path}/${name}`)));
  return nested.flat();
}
