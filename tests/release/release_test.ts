import { assertEquals } from "@std/assert";
import { release, RELEASE_DIR } from "../../scripts/release.ts";
import { run } from "../../scripts/command.ts";

Deno.test("release() makes an archive for each processor, with checksums that hold", async () => {
  const { version } = JSON.parse(
    await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
  );
  const names = await release();
  assertEquals(names, [
    `bailout-${version}-linux-x86_64.tar.gz`,
    `bailout-${version}-linux-arm64.tar.gz`,
  ]);
  const checked = await run("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
    cwd: RELEASE_DIR,
  });
  assertEquals(checked.trim().split("\n").sort(), names.map((name) => `${name}: OK`).sort());
  for (const name of names) {
    const listed = await run("tar", ["--list", "--verbose", `--file=${RELEASE_DIR}/${name}`]);
    const files = listed.trim().split("\n").map((line) => line.replace(/ .* /, " "));
    assertEquals(files, ["-rw-r--r-- LICENSE", "-rw-r--r-- README.md", "-rwxr-xr-x bailout"]);
  }
});
