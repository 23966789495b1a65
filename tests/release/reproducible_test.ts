import { assertEquals } from "@std/assert";
import { build, ROOT } from "../../scripts/build.ts";
import { fileSha256 } from "../../scripts/hash.ts";
import { hostTarget } from "../../scripts/toolchain.ts";

Deno.test("build() gives the same bytes twice", async () => {
  await Deno.mkdir(`${ROOT}/dist`, { recursive: true });
  const dir = await Deno.makeTempDir({ dir: `${ROOT}/dist`, prefix: "reproducible-" });
  try {
    await build(hostTarget(), `${dir}/first`);
    await build(hostTarget(), `${dir}/second`);
    assertEquals(await fileSha256(`${dir}/first`), await fileSha256(`${dir}/second`));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
