// The machine around bailout isn't what it expects. Where its runtime fails before bailout's own
// code, the tests hold that nothing was started and that the message says what is wrong.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { BINARY, e2e } from "../helpers/bailout.ts";
import { MOUNT_NAMESPACE, NO_MOUNTS } from "../helpers/mount_namespace.ts";
import { inTempDir } from "../helpers/temp_dir.ts";

// A user namespace isn't enough: its mounts keep the flags that the old ones have.
const NEEDS_ROOT = NO_MOUNTS ??
  (Deno.uid() === 0 ? undefined : "changing what is mounted and who one is needs root");
const DOOMED = "echo NotFound: 404; exec sleep 300";
const STOPPED = "✗ sh stopped by rule not-found";

e2e("without /proc the runtime fails first, says so, and nothing is started", async (stage) => {
  await inTempDir(async (dir) => {
    const script = 'umount -l /proc && exec "$0" -- touch "$1"';
    const args = [...MOUNT_NAMESPACE!, "sh", "-c", script, BINARY, `${dir}/ran`];
    const { code, stderr } = await stage.start("unshare", args).outcome();
    assertEquals(code, 1);
    assertStringIncludes(stderr, "no /proc/self/exe available. Is /proc mounted?");
    assertEquals([...Deno.readDirSync(dir)], []);
  });
}, { skip: NEEDS_ROOT });

e2e("on a read-only root nothing is missing", async (stage) => {
  const script = 'mount --rbind / /mnt && mount -o remount,bind,ro /mnt && exec chroot /mnt "$@"';
  const agent = `touch /etc/written 2>/dev/null || echo read-only; ${DOOMED}`;
  const bailout = [BINARY, "--interval=0", "--", "sh", "-c", agent];
  const args = [...MOUNT_NAMESPACE!, "sh", "-c", script, "sh", ...bailout];
  const { code, stdout, stderr } = await stage.start("unshare", args).outcome();
  assertEquals([code, stdout], [1, "read-only\nNotFound: 404\n"]);
  assertStringIncludes(stderr, STOPPED);
  assertEquals(stderr.includes("warning"), false);
}, { skip: NEEDS_ROOT });

e2e("a uid without an entry in passwd, without HOME and PATH, is no trouble", async (stage) => {
  const ids = ["--reuid=54321", "--regid=54321", "--clear-groups"];
  const agent = `id -u; ${DOOMED}`;
  const args = [...ids, BINARY, "--interval=0", "--", "/bin/sh", "-c", agent];
  const env = ["--unset=HOME", "--unset=PATH", "--unset=USER", "setpriv", ...args];
  const { code, stdout, stderr } = await stage.start("env", env).outcome();
  assertEquals([code, stdout], [1, "54321\nNotFound: 404\n"]);
  assertStringIncludes(stderr, STOPPED);
}, { skip: NEEDS_ROOT });

e2e("an environment of 100 KB passes whole, in one variable or in two thousand", async (stage) => {
  const one = { BIG: "x".repeat(100_000) };
  const length = await stage.run(["--", "sh", "-c", 'printf %s "$BIG" | wc -c'], { env: one });
  assertEquals(length.stdout.trim(), "100000");
  const many = Object.fromEntries(
    Array.from({ length: 2000 }, (_, i) => [`FILLER_${i}`, "y".repeat(40)]),
  );
  const count = await stage.run(["--", "sh", "-c", "env | grep -c ^FILLER_"], { env: many });
  assertEquals([count.code, count.stdout], [0, "2000\n"]);
});

e2e("started in a folder that is gone the runtime fails, and nothing is started", async (stage) => {
  await inTempDir(async (dir) => {
    const script = 'mkdir "$1/gone"; cd "$1/gone"; rmdir "$1/gone"; exec "$0" -- touch "$1/ran"';
    const { code, stderr } = await stage.start("sh", ["-c", script, BINARY, dir]).outcome();
    assertEquals(code, 1);
    assertStringIncludes(stderr, "No such file or directory");
    assertEquals([...Deno.readDirSync(dir)], []);
  });
});

e2e("a folder that goes away during the run is no trouble", async (stage) => {
  await inTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/gone`);
    const agent = `rmdir ${dir}/gone; ${DOOMED}`;
    const { code, stderr } = await stage.run(["--interval=0", "--", "sh", "-c", agent], {
      cwd: `${dir}/gone`,
    });
    assertEquals(code, 1);
    assertStringIncludes(stderr, STOPPED);
  });
});

e2e("an argument that isn't UTF-8 fails in the runtime, and nothing is started", async (stage) => {
  await inTempDir(async (dir) => {
    const script = 'exec "$0" -- touch "$1/ran$(printf \'\\377\')"';
    const { code, stderr } = await stage.start("sh", ["-c", script, BINARY, dir]).outcome();
    assertEquals(code, 101);
    assertStringIncludes(stderr, "\\xFF");
    assertEquals([...Deno.readDirSync(dir)], []);
  });
});

e2e("a TMPDIR that isn't there is no trouble", async (stage) => {
  const { code } = await stage.run(["--", "sh", "-c", "exit 6"], { env: { TMPDIR: "/no/dir" } });
  assertEquals(code, 6);
});

e2e("bailout leaves no file behind", async (stage) => {
  await inTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/home`);
    const env = { HOME: `${dir}/home`, TMPDIR: dir, XDG_CACHE_HOME: dir };
    const { code } = await stage.run(["--interval=0", "--", "sh", "-c", DOOMED], { cwd: dir, env });
    assertEquals(code, 1);
    assert([...Deno.readDirSync(dir)].every(({ name }) => name === "home"));
    assertEquals([...Deno.readDirSync(`${dir}/home`)], []);
  });
});
