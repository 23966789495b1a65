// Something is wrong with the log file. Also in log_file_test.ts: a full disk, a path that can't be
// a log, a device.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { BINARY, e2e, type Running, type Stage } from "../helpers/bailout.ts";
import { MOUNT_NAMESPACE, NO_MOUNTS } from "../helpers/mount_namespace.ts";
import { inTempDir } from "../helpers/temp_dir.ts";

const NOT_ROOT = ["--reuid=54321", "--regid=54321", "--clear-groups"];

function warnings({ stderr }: Pick<Running, "stderr">): string[] {
  return stderr.match(/^bailout: warning: .*$/gm) ?? [];
}

/** Waits for the file $1, then prints much, meets a fatal error and lives on. */
const AFTER = 'echo ready; while ! test -e "$1"; do sleep 0.02; done; seq 1 50000; ' +
  "echo NotFound: 404; exec sleep 300";

/** An agent with a log file of 100 KiB in a folder that `harm` is done to while it runs. */
async function harmed(
  stage: Stage,
  harm: (folder: string) => Promise<void>,
): Promise<{ stderr: string; lost: boolean; log: string | undefined }> {
  return await inTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/logs`);
    const options = ["--interval=0", `--log-file=${dir}/logs/log`, "--log-max-size=100KiB"];
    const run = stage.bailout([...options, "--", "sh", "-c", AFTER, "sh", `${dir}/go`]);
    await run.saw("ready");
    await harm(`${dir}/logs`);
    await Deno.writeTextFile(`${dir}/go`, "");
    const { code, stdout, stderr } = await run.outcome();
    assertEquals(code, 1);
    assertStringIncludes(stderr, "✗ sh stopped by rule not-found");
    const log = await Deno.readTextFile(`${dir}/logs/log`).catch(() => undefined);
    return { stderr, log, lost: stdout !== `ready\n${numbers(50_000)}NotFound: 404\n` };
  });
}

function numbers(last: number): string {
  return Array.from({ length: last }, (_, i) => `${i + 1}\n`).join("");
}

e2e("a log folder that vanishes is one warning, and no output is lost", async (stage) => {
  const { stderr, lost } = await harmed(
    stage,
    (folder) => Deno.remove(folder, { recursive: true }),
  );
  assertEquals(lost, false);
  assertMatch(
    warnings({ stderr }).join("\n"),
    /^bailout: warning: cannot write the log file .*: there is no such file or directory; [^\n]*$/,
  );
});

e2e("a log folder that is renamed is one warning, and no output is lost", async (stage) => {
  const { stderr, lost } = await harmed(stage, (folder) => Deno.rename(folder, `${folder}.old`));
  assertEquals([lost, warnings({ stderr }).length], [false, 1]);
});

e2e("a log file that somebody removes is made anew at the next rotation", async (stage) => {
  const { stderr, lost, log } = await harmed(stage, (folder) => Deno.remove(`${folder}/log`));
  assertEquals([lost, warnings({ stderr })], [false, []]);
  assert(log!.length > 0 && `${numbers(50_000)}NotFound: 404\n`.endsWith(log!));
});

e2e("a folder where PATH.1 should go is one warning, and no output is lost", async (stage) => {
  const { stderr, lost } = await harmed(stage, (folder) => Deno.mkdir(`${folder}/log.1`));
  assertEquals([lost, warnings({ stderr }).length], [false, 1]);
});

e2e("a log file in a folder of another user's is one warning", async (stage) => {
  await inTempDir(async (dir) => {
    await Deno.chmod(dir, 0o755);
    const args = [...NOT_ROOT, BINARY, `--log-file=${dir}/log`, "--", "sh", "-c", "exit 3"];
    const outcome = await stage.start("setpriv", args).outcome();
    assertEquals(outcome.code, 3);
    assertEquals(warnings(outcome).length, 1);
    assertStringIncludes(outcome.stderr, `log file ${dir}/log: permission denied; the run goes on`);
  });
}, { skip: Deno.uid() === 0 ? undefined : "becoming another user needs root" });

e2e("a log file past `ulimit -f` is one warning, and the child is still watched", async (stage) => {
  await inTempDir(async (dir) => {
    // The kernel's SIGXFSZ would end bailout and leave the child alone.
    const agent = "seq 1 50000; echo NotFound: 404; exec sleep 300";
    const script = 'ulimit -f 16; exec "$0" --interval=0 --log-file="$1" -- sh -c "$2"';
    const run = stage.start("sh", ["-c", script, BINARY, `${dir}/log`, agent]);
    const outcome = await run.outcome();
    assertEquals(outcome.code, 1);
    assertEquals(outcome.stdout, `${numbers(50_000)}NotFound: 404\n`);
    assertMatch(warnings(outcome).join("\n"), /^[^\n]*: file too large; the run goes on[^\n]*$/);
    assert((await Deno.stat(`${dir}/log`)).size <= 16 * 1024);
  });
});

e2e("a stdout past `ulimit -f` is one warning, and the child is still watched", async (stage) => {
  await inTempDir(async (dir) => {
    const agent = "seq 1 50000; echo NotFound: 404; exec sleep 300";
    const script = 'ulimit -f 16; exec "$0" --interval=0 -- sh -c "$2" >"$1"';
    const run = stage.start("sh", ["-c", script, BINARY, `${dir}/out`, agent]);
    const outcome = await run.outcome();
    assertEquals([outcome.code, warnings(outcome).length], [1, 1]);
  });
});

e2e("a log file on a file system that fills is whole up to there", async (stage) => {
  await inTempDir(async (dir) => {
    const agent = "seq 1 50000; exit 6";
    const script =
      `mount -t tmpfs -o size=64k tmpfs ${dir} && "$0" "$@"; code=$?; cat ${dir}/log >&2; exit $code`;
    const args = [BINARY, "--quiet", `--log-file=${dir}/log`, "--", "sh", "-c", agent];
    const run = stage.start("unshare", [...MOUNT_NAMESPACE!, "sh", "-c", script, ...args]);
    const outcome = await run.outcome();
    assertEquals([outcome.code, outcome.stdout], [6, numbers(50_000)]);
    assertMatch(warnings(outcome).join("\n"), /: no space left on device; [^\n]*$/);
    const log = outcome.stderr.replace(/^bailout: warning: .*\n/, "");
    assert(log.length >= 32 * 1024 && numbers(50_000).startsWith(log));
  });
}, { skip: NO_MOUNTS });
