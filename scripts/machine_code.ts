// Assembles line_filter_x86.s of src/core/scan into line_filter_x86.ts, which is committed: a build needs
// no assembler, and machine_code_test.ts says when the two differ.
import { codeModule } from "./code_module.ts";
import { run, runMain } from "./command.ts";

const SCAN = new URL("../src/core/scan/", import.meta.url);
const SOURCE = "line_filter_x86.s";
export const MODULE = new URL("line_filter_x86.ts", SCAN);

/**
 * The text of line_filter_x86.ts, by GNU's `as` and `objcopy`.
 * @throws {BuildError} with what they say.
 */
export async function assemble(): Promise<string> {
  const dir = await Deno.makeTempDir({ prefix: "bailout-assemble-" });
  try {
    const [object, code] = [`${dir}/code.o`, `${dir}/code`];
    await run("as", ["--64", "-o", object, new URL(SOURCE, SCAN).pathname]);
    await run("objcopy", ["--output-target=binary", "--only-section=.text", object, code]);
    return codeModule("LINE_FILTER_X86", {
      by: "machine_code.ts",
      sources: [SOURCE],
      code: await Deno.readFile(code),
    });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

if (import.meta.main) {
  await runMain(async () => await Deno.writeTextFile(MODULE, await assemble()));
}
