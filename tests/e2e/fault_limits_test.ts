// The limits that bailout is started with are small: ulimit -n, -v. `ulimit -f` has its tests in
// fault_log_file_test.ts.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { BINARY, e2e, type Outcome, type Stage } from "../helpers/bailout.ts";
import { inTempDir } from "../helpers/temp_dir.ts";

/** bailout under `ulimit LIMIT`; `$0` in the agent is the folder it works in. */
function limited(
  stage: Stage,
  limit: string,
  dir: string,
  agent: string,
  options = "",
): Promise<Outcome> {
  const script = `ulimit ${limit}; exec "$0" --interval=0 ${options} -- sh -c "$2" "$1"`;
  return stage.start("sh", ["-c", script, BINARY, dir, agent]).outcome();
}

const DOOMED = "setsid sleep 300 & echo out; echo err >&2; echo NotFound: 404; exec sleep 300";

e2e("with 24 descriptors a run has all it needs, a log file too", async (stage) => {
  await inTempDir(async (dir) => {
    const options = `--log-file=${dir}/log --log-max-size=1KiB`;
    const agent = `seq 1 2000; ${DOOMED}`;
    const { code, stderr } = await limited(stage, "-n 24", dir, agent, options);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "FATAL ERROR DETECTED: Resource not found (404)!");
    assertEquals(stderr.includes("warning"), false);
    assert((await Deno.stat(`${dir}/log.1`)).isFile);
  });
});

e2e("with 16 descriptors no child can be started: 125 and one sentence", async (stage) => {
  await inTempDir(async (dir) => {
    const { code, stderr } = await limited(stage, "-n 16", dir, "touch $0/ran", "--quiet");
    assertEquals(code, 125);
    assertEquals(stderr, 'bailout: cannot run "sh": too many open files (exit code: 125)\n');
    assertEquals([...Deno.readDirSync(dir)], []);
  });
});

e2e(
  "with 8 descriptors the runtime fails before bailout, and nothing is started",
  async (stage) => {
    await inTempDir(async (dir) => {
      const { code, stderr } = await limited(stage, "-n 8", dir, "touch $0/ran");
      assert(code === 101 || code === 134, `exit code ${code}`);
      assertStringIncludes(stderr, "Too many open files");
      assertEquals([...Deno.readDirSync(dir)], []);
    });
  },
);

e2e("a soft limit on descriptors reaches the child as it is", async (stage) => {
  await inTempDir(async (dir) => {
    const { stdout } = await limited(stage, "-Sn 64", dir, "ulimit -Sn");
    assertEquals(stdout, "64\n");
  });
});

e2e("with 64 GiB of address space a run has all it needs", async (stage) => {
  await inTempDir(async (dir) => {
    const limit = `-v ${64 * 1024 * 1024}`;
    const { code, stderr } = await limited(stage, limit, dir, DOOMED);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "✗ sh stopped by rule not-found");
  });
});

e2e(
  "with 1 GiB of address space the runtime fails first, and nothing is started",
  async (stage) => {
    await inTempDir(async (dir) => {
      const run = await limited(stage, `-v ${1024 * 1024}`, dir, "touch $0/ran");
      assertEquals([run.code, run.signal], [133, "SIGTRAP"]);
      assertStringIncludes(run.stderr, "Fatal process out of memory");
      assertEquals([...Deno.readDirSync(dir)], []);
    });
  },
);
