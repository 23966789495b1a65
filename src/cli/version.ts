import manifest from "../../deno.json" with { type: "json" };

/** `bailout 0.1.0 (deno 2.7.11, x86_64-unknown-linux-gnu)` */
export function versionText(runtime: { deno: string; target: string }): string {
  return `bailout ${manifest.version} (deno ${runtime.deno}, ${runtime.target})`;
}
