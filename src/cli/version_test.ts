import { assertEquals } from "@std/assert";
import manifest from "../../deno.json" with { type: "json" };
import { versionText } from "./version.ts";

Deno.test("versionText() names bailout's version, the runtime's and the target", () => {
  const text = versionText({ deno: "2.7.11", target: "x86_64-unknown-linux-gnu" });
  assertEquals(text, `bailout ${manifest.version} (deno 2.7.11, x86_64-unknown-linux-gnu)`);
});
