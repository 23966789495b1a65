import { assertEquals, assertThrows } from "@std/assert";
import { BuildError } from "./command.ts";
import { hostTarget, NPM_BASE_DENO_VERSION, pinnedVersion, requireVersion } from "./toolchain.ts";

Deno.test("pinnedVersion() reads the line in the project's Dockerfile", async () => {
  const dockerfile = await Deno.readTextFile(new URL("../Dockerfile", import.meta.url));
  assertEquals(pinnedVersion(dockerfile), NPM_BASE_DENO_VERSION);
});

Deno.test("pinnedVersion() throws when no line pins a version", () => {
  assertThrows(() => pinnedVersion("FROM scratch\n# ARG DENO_VERSION=1\n"), BuildError);
});

Deno.test("requireVersion() names both versions when they differ", () => {
  requireVersion("2.7.11", "2.7.11");
  assertThrows(
    () => requireVersion("2.7.11", "2.9.6"),
    BuildError,
    "Cannot build with Deno 2.9.6: Dockerfile pins 2.7.11",
  );
});

Deno.test("hostTarget() maps a processor to its target", () => {
  assertEquals(hostTarget("x86_64").name, "linux-x86_64");
  assertEquals(hostTarget("aarch64").name, "linux-arm64");
  assertThrows(() => hostTarget("riscv64"), BuildError, "riscv64");
});
