import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { BINARY, e2e } from "../helpers/bailout.ts";
import { parseRecord } from "../helpers/record.ts";
import { inTempDir } from "../helpers/temp_dir.ts";

const DOOMED = ["sh", "-c", "echo before; echo NotFound: 404 bucket >&2; exec sleep 300"];
const FAST = "--interval=100ms";

e2e("the verdict file tells the whole of a bail-out", async (stage) => {
  await inTempDir(async (dir) => {
    const before = Date.now();
    const options = [FAST, "--exit-codes=category", `--verdict-file=${dir}/v.json`];
    const { code } = await stage.run([...options, "--", ...DOOMED]);
    const record = parseRecord(await Deno.readTextFile(`${dir}/v.json`));
    assertEquals(record, {
      ...record,
      version: 1,
      cause: "finding",
      rule: "not-found",
      category: "permission",
      headline: "Resource not found (404)!",
      reason: "resource doesn't exist",
      exitCode: code,
      exitCodeFrom: "rule",
      command: DOOMED,
      matches: 1,
      context: ["before", "NotFound: 404 bucket"],
      child: { code: 143, signal: "SIGTERM" },
    });
    assertEquals(code, 11);
    assertEquals([record.lastMatch?.stream, record.lastMatch?.line], ["stderr", 2]);
    assertEquals(record.stop.map(({ signal }) => signal), ["SIGTERM"]);
    const times = [record.startedAt, record.lastMatch!.at, record.detectedAt!, record.endedAt]
      .map((time) => Date.parse(time));
    assert(times[0]! >= before - 1000 && times[3]! <= Date.now() + 1000);
    assertEquals(times.toSorted((a, b) => a - b), times);
    assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), ["v.json"]);
  });
});

const ENDS: [name: string, command: string[], fields: Record<string, unknown>][] = [
  ["the child's own exit", ["sh", "-c", "exit 5"], {
    cause: "exit",
    exitCode: 5,
    exitCodeFrom: "child",
    child: { code: 5, signal: null },
  }],
  ["a child that a signal killed", ["sh", "-c", "kill -KILL $$"], {
    cause: "exit",
    exitCode: 137,
    child: { code: 137, signal: "SIGKILL" },
  }],
  ["a command that isn't found", ["/no/such/command"], {
    cause: "spawn_failure",
    exitCode: 127,
    exitCodeFrom: "bailout",
    pid: null,
    child: null,
  }],
];
for (const [name, command, fields] of ENDS) {
  e2e(`the verdict file tells of ${name}`, async (stage) => {
    await inTempDir(async (dir) => {
      await stage.run([`--verdict-file=${dir}/v.json`, "--", ...command]);
      const record = parseRecord(await Deno.readTextFile(`${dir}/v.json`));
      assertEquals(record, { ...record, ...fields } as typeof record);
    });
  });
}

e2e("the verdict file tells of a stop by signal", async (stage) => {
  await inTempDir(async (dir) => {
    const script = "trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done";
    const run = stage.bailout([`--verdict-file=${dir}/v.json`, "--", "sh", "-c", script]);
    await run.saw("ready");
    run.kill("SIGTERM");
    assertEquals((await run.outcome()).code, 7);
    const record = parseRecord(await Deno.readTextFile(`${dir}/v.json`));
    assertEquals([record.cause, record.exitCodeFrom, record.exitCode], ["signal", "child", 7]);
    assertEquals(record.stop.map(({ signal }) => signal), ["SIGTERM"]);
  });
});

e2e("a sink that can't be written is one warning, and the exit code stays", async (stage) => {
  await inTempDir(async (dir) => {
    const outcome = await stage.run([
      FAST,
      `--verdict-file=${dir}`,
      `--termination-log=${dir}/no/such/folder/log`,
      "--",
      ...DOOMED,
    ], { env: { TORCHELASTIC_ERROR_FILE: "/dev/null" } });
    assertEquals(outcome.code, 1);
    assertEquals(outcome.stderr.match(/^bailout: warning: .*$/gm)?.sort(), [
      "bailout: warning: cannot write TORCHELASTIC_ERROR_FILE /dev/null: it is not a regular file",
      `bailout: warning: cannot write the termination log ${dir}/no/such/folder/log: ` +
      "there is no such file or directory",
      `bailout: warning: cannot write the verdict file ${dir}: it is not a regular file`,
    ]);
    assertMatch(outcome.stderr, /✗ sh stopped by rule not-found .*\n$/);
  });
});

e2e(
  "TORCHELASTIC_ERROR_FILE gets torchelastic's form on a bail-out, and only then",
  async (stage) => {
    await inTempDir(async (dir) => {
      const env = { TORCHELASTIC_ERROR_FILE: `${dir}/error.json` };
      await stage.run(["sh", "-c", "exit 3"], { env });
      assertEquals([...Deno.readDirSync(dir)], []);
      await stage.run([FAST, "--", ...DOOMED], { env });
      const { message } = JSON.parse(await Deno.readTextFile(`${dir}/error.json`));
      assertStringIncludes(message.message, "NotFound: 404 bucket");
      assert(Math.abs(Number(message.extraInfo.timestamp) - Date.now() / 1000) < 60);
      assertEquals(message.extraInfo.py_callstack, "before\nNotFound: 404 bucket");
    });
  },
);

e2e("the termination log is at most 4096 bytes, headline first", async (stage) => {
  await inTempDir(async (dir) => {
    const script = "seq 1 2000 | sed 's/$/ ääääääääääääääääääääääääääääääääää/'; " +
      "echo NotFound: 404; exec sleep 300";
    const options = [FAST, `--termination-log=${dir}/t`, "--context=90", "--quiet"];
    await stage.run([...options, "sh", "-c", script]);
    const bytes = await Deno.readFile(`${dir}/t`);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    assert(bytes.length <= 4096 && bytes.length > 3500, `${bytes.length} bytes`);
    assert(text.startsWith("FATAL ERROR DETECTED: Resource not found (404)!\n"));
    assert(text.endsWith("\nNotFound: 404\n"));
  });
});

/** Runs bailout in a mount namespace whose /dev has a file for the termination message. */
function inPod(dir: string, options: string[], script: string): [string, string[]] {
  const setup = `
    mount -t tmpfs tmpfs /dev && mknod -m 666 /dev/null c 1 3 && mknod -m 666 /dev/urandom c 1 9 &&
    touch /dev/termination-log ${dir}/message &&
    mount --bind ${dir}/message /dev/termination-log && exec "$0" "$@"`;
  return ["unshare", [
    ...["--mount", "sh", "-c", setup, BINARY, FAST, "--quiet"],
    ...[...options, "--", "sh", "-c", script],
  ]];
}

const ROOT_ONLY = { skip: Deno.uid() === 0 ? undefined : "a mount namespace needs root" };

e2e("Kubernetes' /dev/termination-log is filled without being asked for", async (stage) => {
  await inTempDir(async (dir) => {
    const { code, stderr } = await stage.start(
      ...inPod(dir, [], "echo NotFound: 404; exec sleep 300"),
    ).outcome();
    assertEquals(code, 1, stderr);
    assertMatch(
      await Deno.readTextFile(`${dir}/message`),
      /^FATAL ERROR DETECTED: Resource not found \(404\)!\n/,
    );
    const healthy = await stage.start(...inPod(dir, [], "exit 3")).outcome();
    assertEquals([healthy.code, healthy.stderr], [3, ""]);
  });
}, ROOT_ONLY);

e2e("a message that the child has left in /dev/termination-log stays", async (stage) => {
  await inTempDir(async (dir) => {
    const script = "echo from the child > /dev/termination-log; exit 3";
    assertEquals((await stage.start(...inPod(dir, [], script)).outcome()).code, 3);
    assertEquals(await Deno.readTextFile(`${dir}/message`), "from the child\n");
    const named = inPod(dir, ["--termination-log=/dev/termination-log"], script);
    assertEquals((await stage.start(...named).outcome()).code, 3);
    const message = "✓ sh exited (exit code: 3)\n";
    assertEquals(await Deno.readTextFile(`${dir}/message`), message);
  });
}, ROOT_ONLY);
