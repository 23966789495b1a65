// What bailout keeps must not depend on how much its child has printed.
import { assertLess } from "@std/assert";
import { generateReadLines } from "../../bench/lib/log_data.ts";
import { BINARY, e2e } from "../helpers/bailout.ts";
import { ownMemory } from "../helpers/memory.ts";
import { inTempDir } from "../helpers/temp_dir.ts";
import { waitFor } from "../helpers/wait_for.ts";

const MIB = 1024 * 1024;
/** Reading takes 5 s where nothing else runs. */
const PATIENCE_MS = 60_000;

e2e("lines that are all read, 40 MB of them, leave no garbage behind", async (stage) => {
  await inTempDir(async (dir) => {
    await Deno.writeFile(`${dir}/lines`, generateReadLines());
    const script = `for i in 1 2 3 4 5; do cat "$1"; done; echo ready >&2; exec sleep 60`;
    const bailout = stage.start("sh", [
      ...["-c", 'exec "$0" -- sh -c "$1" sh "$2" >/dev/null', BINARY, script, `${dir}/lines`],
    ]);
    await waitFor("the last line", () => bailout.stderr.includes("ready"), PATIENCE_MS);
    // 30 to 43 of its own; 51 and more when the garbage of those lines was collected much later.
    assertLess(ownMemory(bailout.pid), 50 * MIB);
    bailout.kill("SIGTERM");
    await bailout.outcome();
  });
});
