/** So many characters fit into a line of source. */
const LINE = /.{1,90}/g;

/** Made by which script, out of which files. */
export interface Origin {
  readonly by: string;
  readonly sources: readonly string[];
}

/** The text of a TypeScript module with `code` in base64: one literal, once the bundler has been over it. */
export function codeModule(
  name: string,
  { code, ...origin }: Origin & { readonly code: Uint8Array },
): string {
  const lines = code.toBase64().match(LINE)!.map((line) => `  "${line}"`);
  return `${madeBy(origin)}export const ${name} =\n${lines.join(" +\n")};\n`;
}

/** What stands above code that nobody writes by hand. */
export function madeBy({ by, sources }: Origin): string {
  return `// Made by scripts/${by} out of ${sources.join(" and ")}.\n`;
}
