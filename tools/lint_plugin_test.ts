import { assertEquals } from "@std/assert";
import plugin from "./lint_plugin.ts";

function messages(filename: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, filename, source).map((d) => d.message);
}

Deno.test("a core file that imports the host is reported", () => {
  assertEquals(messages("/repo/src/core/a.ts", `import { x } from "../host/b.ts"; x;`), [
    "src/core must not import from src/host",
  ]);
});

Deno.test("a core file that imports the supervisor is reported", () => {
  assertEquals(messages("/repo/src/core/a.ts", `import { x } from "../supervisor.ts"; x;`), [
    "src/core must not import from src/(src)",
  ]);
});

Deno.test("render may import core, and any file its own room or a package", () => {
  const source = `import "../core/a.ts"; import "./b.ts"; import "@std/fmt/colors";`;
  assertEquals(messages("/repo/src/render/a.ts", source), []);
});

Deno.test("a pure file that touches Deno, a clock or the console is reported", () => {
  const source = `Deno.pid; Date.now(); console.log(1); setTimeout(() => {}, 1);`;
  assertEquals(messages("/repo/src/core/a.ts", source).length, 4);
  assertEquals(messages("/repo/src/host/a.ts", source), [
    "src must not use console: write to an Outlet instead",
  ]);
  assertEquals(messages("/repo/scripts/a.ts", source), []);
});

Deno.test("a property that is merely called like a forbidden global is fine", () => {
  assertEquals(messages("/repo/src/core/a.ts", `const a = { Date: 1 }; a.Date;`), []);
});

Deno.test("Deno.exit outside of main.ts is reported", () => {
  assertEquals(messages("/repo/src/supervisor.ts", `Deno.exit(1);`).length, 1);
  assertEquals(messages("/repo/main.ts", `Deno.exit(1);`).length, 0);
});
