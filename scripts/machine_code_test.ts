import { assertEquals } from "@std/assert";
import { assemble, MODULE } from "./machine_code.ts";

/** GNU binutils, which the build itself doesn't need. */
const installed = await (async () => {
  try {
    for (const name of ["as", "objcopy"]) {
      await new Deno.Command(name, { args: ["--version"], stdout: "null", stderr: "null" })
        .output();
    }
    return Deno.build.arch === "x86_64";
  } catch {
    return false;
  }
})();

const title = "the committed machine code is what line_filter_x86.s says";
Deno.test({
  name: installed ? title : `${title} (skipped: there is no GNU \`as\` for x86)`,
  ignore: !installed,
  fn: async () => {
    assertEquals(await assemble(), await Deno.readTextFile(MODULE), "run `make machine-code`");
  },
});
