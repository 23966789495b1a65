import { assert, assertEquals } from "@std/assert";
import { ROOT } from "./build.ts";
import {
  bundle,
  ENTRY,
  withoutCachePath,
  withoutIdleShim,
  withRequire,
  withStableNames,
} from "./bundle.ts";

Deno.test("withoutCachePath() leaves no trace of where the cache lies", () => {
  const bundled = (cache: string) =>
    `// ${cache}/registry.test/prom-client/15.1.3/lib/util.js\n` +
    `var a = __commonJS({ "${cache}/registry.test/prom-client/15.1.3/lib/util.js"() {} });\n` +
    `// src/core/rule.ts\n`;
  const expected = "// npm:prom-client/15.1.3/lib/util.js\n" +
    `var a = __commonJS({ "npm:prom-client/15.1.3/lib/util.js"() {} });\n` +
    "// src/core/rule.ts\n";
  for (const cache of ["../../home/me/.cache/deno/npm", ".deno/npm", "../c++(1)/npm"]) {
    assertEquals(withoutCachePath(bundled(cache), cache), expected);
  }
});

Deno.test("bundle() lets minified packages require Node's modules", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await bundle(ROOT, folder);
    const texts = [...Deno.readDirSync(folder)].map(({ name }) =>
      Deno.readTextFileSync(`${folder}/${name}`)
    );
    assertEquals(texts.filter((text) => text.includes("Dynamic require of")), []);
    const able = texts.filter((text) => text.includes("createRequire(import.meta.url)"));
    assertEquals(able.length, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("withRequire() leaves a file alone that requires nothing", () => {
  const code = 'import{a}from"./chunk.js";a();';
  assertEquals(withRequire(code), code);
});

Deno.test("withoutIdleShim() takes the shim from those who require nothing", () => {
  const shim = 'import{createRequire}from"node:module";var m=createRequire(import.meta.url);' +
    "export{m as a};";
  const bundled = (bare: string) =>
    new Map([
      ["chunk-1.js", shim],
      ["chunk-2.js", "globalThis.b=1;"],
      ["main.js", `import{c}from"./chunk-3.js";${bare}import"./chunk-2.js";c();`],
      ["plain.js", `import {\n  c\n} from "./chunk-3.js";\n${bare}import "./chunk-2.js";\n`],
      ["otlp.js", 'import{a as m}from"./chunk-1.js";m("fs");'],
    ]);
  assertEquals(withoutIdleShim(bundled('import"./chunk-1.js";')), bundled(""));
  assertEquals(
    withoutIdleShim(bundled('import "./chunk-1.js";\n')).get("plain.js"),
    bundled("").get("plain.js"),
  );
});

/** A bundle of three files, whose chunks have been named with these hashes. */
function bundled(a: string, b: string): Map<string, string> {
  return new Map([
    ["main.js", `import { x } from "./chunk-${a}.js"; await import("./otlp-${b}.js"); x();`],
    [`chunk-${a}.js`, "export function x() {}"],
    [`otlp-${b}.js`, `import { x } from "./chunk-${a}.js"; export { x };`],
  ]);
}

Deno.test("withStableNames() names files after their contents, not as the bundler did", async () => {
  const files = await withStableNames(bundled("4IZPHC6B", "PZMRUTDY"));
  assertEquals(files, await withStableNames(bundled("ABCDEFG1", "ABCDEFG2")));
  const names = [...files.keys()];
  assertEquals(names.map((name) => name.replace(/-[0-9a-f]{12}/, "-HASH")), [
    "bailout.js",
    "chunk-HASH.js",
    "otlp-HASH.js",
  ]);
  const [, chunk, otlp] = names;
  assertEquals(
    files.get("bailout.js"),
    `import { x } from "./${chunk}"; await import("./${otlp}"); x();`,
  );
  assertEquals(files.get(otlp!), `import { x } from "./${chunk}"; export { x };`);
});

Deno.test("withStableNames() gives other contents another name", async () => {
  const files = bundled("4IZPHC6B", "PZMRUTDY");
  const before = [...(await withStableNames(files)).keys()];
  files.set("chunk-4IZPHC6B.js", "export function x() { return 1; }");
  const after = [...(await withStableNames(files)).keys()];
  assertEquals(before.map((name, index) => name === after[index]), [true, false, true]);
});

/** Every file that is loaded when `entry` is: what it imports, and what that imports. */
function loaded(folder: string, entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = Deno.readTextFileSync(`${folder}/${entry}`);
  for (const [, name] of text.matchAll(/^(?:import|\}|export) ?.*?"\.\/([^"]+)";$/gm)) {
    loaded(folder, name!, seen);
  }
  return seen;
}

Deno.test("bundle() keeps what a plain run doesn't need out of what it loads", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await bundle(ROOT, folder, false);
    const all = [...Deno.readDirSync(folder)].map(({ name }) => name);
    const textOf = (names: Iterable<string>) =>
      Array.from(names, (name) => Deno.readTextFileSync(`${folder}/${name}`)).join("\n");
    const start = textOf(loaded(folder, ENTRY));
    assert(start.includes("// src/launch.ts"));
    for (const lazy of ["prom-client", "@opentelemetry", "valibot", "jsonc-parser"]) {
      assert(textOf(all).includes(`// npm:${lazy}/`), `${lazy} is in the bundle`);
      assert(!start.includes(`// npm:${lazy}/`), `${lazy} is loaded at every start`);
    }
    // The child is started before these are loaded.
    for (
      const later of ["supervisor", "detection", "load_rules", "core/monitor", "cli/help", "check"]
    ) {
      assert(textOf(all).includes(`// src/${later}.ts`), `${later} is in the bundle`);
      assert(!start.includes(`// src/${later}.ts`), `${later} is loaded before the child`);
    }
    assertEquals([...start.matchAll(/ from "(node:.*)"/g)].map(([, name]) => name), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
