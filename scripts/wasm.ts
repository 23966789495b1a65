// Assembles src/core/scan/line_filter.wat into line_filter_wasm.ts, which is committed: a build
// needs no assembler, and wasm_test.ts says when the two differ.
import wabt from "wabt";

const SCAN = new URL("../src/core/scan/", import.meta.url);
const SOURCE = new URL("line_filter.wat", SCAN);
export const MODULE = new URL("line_filter_wasm.ts", SCAN);

/**
 * The text of line_filter_wasm.ts.
 * @throws {Error} naming the line of line_filter.wat that is wrong.
 */
export async function assemble(): Promise<string> {
  const { parseWat } = await wabt();
  const module = parseWat("line_filter.wat", await Deno.readTextFile(SOURCE), {
    simd: true,
    relaxed_simd: true,
  });
  try {
    module.validate();
    const { buffer } = module.toBinary({});
    const lines = btoa(String.fromCharCode(...buffer)).match(/.{1,90}/g)!;
    return [
      "// Made by scripts/wasm.ts out of line_filter.wat.",
      "export const LINE_FILTER_WASM = [",
      ...lines.map((line) => `  "${line}",`),
      '].join("");',
      "",
    ].join("\n");
  } finally {
    module.destroy();
  }
}

if (import.meta.main) await Deno.writeTextFile(MODULE, await assemble());
