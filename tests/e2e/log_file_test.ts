import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { BINARY, e2e } from "../helpers/bailout.ts";

async function inTempDir(body: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await body(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

e2e("the log file gets both streams and starts empty", async (stage) => {
  await inTempDir(async (dir) => {
    await Deno.writeTextFile(`${dir}/log`, "from the last run\n");
    const script = "echo out; sleep 0.2; echo err >&2";
    const { stderr } = await stage.run(["--log-file", `${dir}/log`, "sh", "-c", script]);
    assertStringIncludes(stderr, `📝 Logs: ${dir}/log\n`);
    assertEquals(await Deno.readTextFile(`${dir}/log`), "out\nerr\n");
  });
});

e2e("past --log-max-size the log file becomes PATH.1", async (stage) => {
  await inTempDir(async (dir) => {
    const args = ["--quiet", "--log-file", `${dir}/log`, "--log-max-size", "100KiB"];
    const { stdout } = await stage.run([...args, "seq", "1", "60000"]);
    const parts = await Promise.all(
      ["log.1", "log"].map((name) => Deno.readTextFile(`${dir}/${name}`)),
    );
    assert(parts.every((part) => part.length <= 100 * 1024 && part.length > 0));
    assert(stdout.endsWith(parts.join("")));
    assertEquals([...Deno.readDirSync(dir)].length, 2);
  });
});

e2e("a log file that can't be written is one warning, and the run goes on", async (stage) => {
  await inTempDir(async (dir) => {
    await new Deno.Command("mkfifo", { args: [`${dir}/fifo`] }).output();
    for (const path of [dir, `${dir}/no/such/dir/log`, `${dir}/fifo`]) {
      const { code, stdout, stderr } = await stage.run([
        "--log-file",
        path,
        "sh",
        "-c",
        "echo out; exit 3",
      ]);
      assertEquals([code, stdout], [3, "out\n"]);
      assertEquals(stderr.match(/warning/g)?.length, 1);
      assertMatch(
        stderr,
        /bailout: warning: cannot write the log file .*; the run goes on without it\n/,
      );
    }
  });
});

e2e("a full disk is one warning, and the run goes on", async (stage) => {
  await inTempDir(async (dir) => {
    const agent = "seq 1 50000; echo NotFound: 404; exec sleep 99";
    const script = `mount -t tmpfs -o size=64k tmpfs ${dir} && exec "$0" "$@"`;
    const args = [BINARY, "--interval=100ms", `--log-file=${dir}/log`, "--", "sh", "-c", agent];
    const run = stage.start("unshare", ["--mount", "sh", "-c", script, ...args]);
    const { code, stderr } = await run.outcome();
    assertEquals(code, 1);
    assertEquals(stderr.match(/warning: cannot write the log file .*: no space left/g)?.length, 1);
  });
}, { skip: Deno.uid() === 0 ? undefined : "a small tmpfs needs root" });

e2e("a device that is closed to bailout is one warning, and the run goes on", async (stage) => {
  const { code, stderr } = await stage.run(["--log-file", "/dev/full", "sh", "-c", "exit 5"]);
  assertEquals(code, 5);
  assertStringIncludes(stderr, "log file /dev/full: devices and /proc are closed to bailout");
});

e2e("a device as the log file is never renamed", async (stage) => {
  const args = ["--log-file", "/dev/null", "--log-max-size", "1KiB", "seq", "1", "20000"];
  assertEquals((await stage.run(args)).code, 0);
  assert((await Deno.stat("/dev/null")).isCharDevice);
});
