// The wall clock jumps. libfaketime stands between the C library and everything that asks it: for
// bailout as for its child the clock then is what a file says.
import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { e2e } from "../helpers/bailout.ts";
import { inTempDir } from "../helpers/temp_dir.ts";

const HOUR = 3600;
const FAKETIME = ["x86_64", "aarch64"]
  .map((arch) => `/usr/lib/${arch}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });

for (const [direction, offset] of [["forward", "+1h"], ["back", "-1h"]] as const) {
  e2e(
    `a clock that jumps an hour ${direction} moves neither ticks nor grace nor durations`,
    async (stage) => {
      await inTempDir(async (dir) => {
        const clock = `${dir}/clock`;
        await Deno.writeTextFile(clock, "+0");
        const env = {
          LD_PRELOAD: FAKETIME!,
          FAKETIME_TIMESTAMP_FILE: clock,
          FAKETIME_NO_CACHE: "1",
          FAKETIME_DONT_FAKE_MONOTONIC: "1",
        };
        // Jumps, meets an error one tick later, and again while its grace runs.
        const agent = 'trap \'echo "$1" > "$0"; trap "" TERM\' TERM; date +%s; echo "$1" > "$0"; ' +
          'date +%s; echo NotFound: 404; echo +0 > "$0"; while :; do sleep 0.05; done';
        const options = ["--interval=300ms", "--grace=500ms"];
        const { code, stdout, stderr, ms } = await stage.run(
          [...options, "--", "sh", "-c", agent, clock, offset],
          { env },
        );
        const [before, after] = stdout.split("\n").map(Number);
        assertEquals(Math.round((after! - before!) / HOUR), offset === "+1h" ? 1 : -1);
        assertEquals(code, 1);
        // A tick and the grace, with room for a busy machine.
        assert(ms >= 500);
        assertLess(ms, 10_000);
        assertStringIncludes(stderr, "FATAL ERROR DETECTED: Resource not found (404)!");
        const seconds = Number(/not-found after (\d+\.\d)s/.exec(stderr)?.[1]);
        assert(seconds >= 0.5 && seconds < 10, `a run of ${seconds} s`);
      });
    },
    { skip: FAKETIME === undefined ? "no libfaketime here" : undefined },
  );
}
