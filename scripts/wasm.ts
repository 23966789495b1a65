// Assembles line_filter.wat and line_ends.wat of src/core/scan into line_filter_wasm.ts, which is
// committed: a build needs no assembler, and wasm_test.ts says when the two differ.
import wabt from "wabt";
import { codeModule } from "./code_module.ts";
import { searchPlaces } from "./search_places.ts";

const SCAN = new URL("../src/core/scan/", import.meta.url);
const SOURCES = ["line_filter.wat", "line_ends.wat"];
export const MODULE = new URL("line_filter_wasm.ts", SCAN);

/**
 * The text of line_filter_wasm.ts.
 * @throws {Error} with the instruction that is wrong.
 */
export async function assemble(): Promise<string> {
  const { parseWat } = await wabt();
  const parts = await Promise.all(SOURCES.map((name) => Deno.readTextFile(new URL(name, SCAN))));
  const text = `(module\n${parts.join("\n")})\n`.replace(";; @places", searchPlaces());
  const module = parseWat("line_filter.wat", text, { simd: true, relaxed_simd: true });
  try {
    module.validate();
    const { buffer } = module.toBinary({});
    return codeModule("LINE_FILTER_WASM", { by: "wasm.ts", sources: SOURCES, code: buffer });
  } finally {
    module.destroy();
  }
}

if (import.meta.main) await Deno.writeTextFile(MODULE, await assemble());
