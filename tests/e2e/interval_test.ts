import { assert, assertEquals, assertLess } from "@std/assert";
import { e2e } from "../helpers/bailout.ts";

e2e("a finding is acted on at the next tick, not before", async (stage) => {
  const script = "echo NotFound: 404; exec sleep 300";
  const { code, ms } = await stage.run(["--interval", "1s", "--", "sh", "-c", script]);
  assertEquals(code, 1);
  assert(ms >= 1000, `acted on after ${ms} ms`);
});

e2e("with --interval 0 a finding doesn't wait for any tick", async (stage) => {
  const script = "echo NotFound: 404; exec sleep 300";
  const runs = await Promise.all(
    [0, 1, 2].map(() => stage.run(["--interval", "0", "--", "sh", "-c", script])),
  );
  assert(runs.every(({ code }) => code === 1));
  assertLess(Math.min(...runs.map(({ ms }) => ms)), 1000);
});

e2e("the first rule in list order wins at a tick, not the first in time", async (stage) => {
  const script = "echo NotFound: 404; echo PermissionDenied: 403; exec sleep 300";
  const atTick = await stage.run(["--interval", "300ms", "--", "sh", "-c", script]);
  assert(atTick.stderr.includes("stopped by rule permission-denied"));
  const atOnce = await stage.run(["--interval", "0", "--", "sh", "-c", script]);
  assert(atOnce.stderr.includes("stopped by rule not-found"));
});

e2e("ticks come on time while a flood goes through", async (stage) => {
  const script = "yes & sleep 0.2; echo NotFound: 404; wait";
  const { code, ms } = await stage.run(["--interval=500ms", "--quiet", "--", "sh", "-c", script]);
  assertEquals(code, 1);
  assertLess(ms, 20_000);
});

e2e("with --interval 0 a traceback is whole before it is acted on", async (stage) => {
  const script = `echo 'Traceback (most recent call last):'; echo '  File "a.py", line 1'; sleep 0.2
    echo 'KeyError: 1'; echo; echo 'During handling of the above exception, another exception occurred:'
    echo; echo 'Traceback (most recent call last):'; echo '  File "b.py", line 1'; echo 'ValueError: 2'
    exec sleep 300`;
  const { code, stderr } = await stage.run(["--interval", "0", "--", "sh", "-c", script]);
  assertEquals(code, 1);
  assert(stderr.includes("ValueError: 2\n━━━"));
});
