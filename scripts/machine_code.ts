// Assembles line_filter_x86.s of src/core/scan into line_filter_x86.ts, which is committed: a build needs
// no assembler, and machine_code_test.ts says when the two differ.
import { run } from "./command.ts";

const SCAN = new URL("../src/core/scan/", import.meta.url);
const SOURCE = new URL("line_filter_x86.s", SCAN);
export const MODULE = new URL("line_filter_x86.ts", SCAN);

/**
 * The text of line_filter_x86.ts, by GNU's `as` and `objcopy`.
 * @throws {BuildError} with what they say.
 */
export async function assemble(): Promise<string> {
  const dir = await Deno.makeTempDir({ prefix: "bailout-assemble-" });
  try {
    const [object, code] = [`${dir}/code.o`, `${dir}/code`];
    await run("as", ["--64", "-o", object, SOURCE.pathname]);
    await run("objcopy", ["--output-target=binary", "--only-section=.text", object, code]);
    const lines = btoa(String.fromCharCode(...await Deno.readFile(code))).match(/.{1,90}/g)!;
    return [
      "// Made by scripts/machine_code.ts out of line_filter_x86.s.",
      "export const LINE_FILTER_X86 = [",
      ...lines.map((line) => `  "${line}",`),
      '].join("");',
      "",
    ].join("\n");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

if (import.meta.main) await Deno.writeTextFile(MODULE, await assemble());
