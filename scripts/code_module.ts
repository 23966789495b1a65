/** So many characters fit into a line of source. */
const LINE = /.{1,90}/g;

/** The text of a TypeScript module, made by the script `by` out of `sources`, with `code` in base64. */
export function codeModule(
  name: string,
  { by, sources, code }: { by: string; sources: readonly string[]; code: Uint8Array },
): string {
  return [
    `// Made by scripts/${by} out of ${sources.join(" and ")}.`,
    `export const ${name} = [`,
    ...btoa(String.fromCharCode(...code)).match(LINE)!.map((line) => `  "${line}",`),
    '].join("");',
    "",
  ].join("\n");
}
