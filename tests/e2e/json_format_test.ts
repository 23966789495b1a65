import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { e2e } from "../helpers/bailout.ts";
import { parseRecord } from "../helpers/record.ts";
import { inTempDir } from "../helpers/temp_dir.ts";

interface Entry {
  severity: string;
  message: string;
  time: string;
  bailout?: unknown;
  "logging.googleapis.com/labels"?: Record<string, string>;
}

/** Each line of ours, read; lines that begin with `child` are the child's. */
function entries(stderr: string): Entry[] {
  return stderr.trimEnd().split("\n").filter((line) => !line.startsWith("child"))
    .map((line) => JSON.parse(line));
}

e2e(
  "--format json makes of a bail-out one critical entry with report and record",
  async (stage) => {
    await inTempDir(async (dir) => {
      const script = "echo 'child {' >&2; echo out; echo NotFound: 404; exec sleep 300";
      const { code, stdout, stderr } = await stage.run([
        ...["--format", "json", "--interval=100ms", "--color=always"],
        ...[`--verdict-file=${dir}/v.json`, "sh", "-c", script],
      ]);
      assertEquals([code, stdout], [1, "out\nNotFound: 404\n"]);
      assertStringIncludes(stderr, "\nchild {\n");
      const all = entries(stderr);
      assertEquals([...new Set(all.map(({ severity }) => severity))], [
        "INFO",
        "WARNING",
        "CRITICAL",
      ]);
      for (const { time } of all) assert(Math.abs(Date.parse(time) - Date.now()) < 60_000, time);
      const critical = all.filter(({ severity }) => severity === "CRITICAL");
      assertEquals(critical, all.slice(-1));
      const { message, bailout, "logging.googleapis.com/labels": labels } = critical[0]!;
      const lines = message.split("\n");
      assertEquals(lines[0], "🚨 FATAL ERROR DETECTED: Resource not found (404)!");
      // The two streams are numbered in the order of their arrival.
      assertEquals(lines.slice(2, -3).toSorted(), ["NotFound: 404", "child {", "out"]);
      assertStringIncludes(lines.at(-2)!, "❌ Killing agent (PID: ");
      assertStringIncludes(lines.at(-1)!, "✗ sh stopped by rule not-found after ");
      assertEquals(labels, { rule: "not-found", category: "permission" });
      assertEquals(parseRecord(JSON.stringify(bailout)).rule, "not-found");
      // Every sink gets the same record.
      assertEquals(JSON.parse(await Deno.readTextFile(`${dir}/v.json`)), bailout);
    });
  },
);

e2e("--format json ends a healthy run with its record, at INFO", async (stage) => {
  const env = { BAILOUT_FORMAT: "json" };
  const { code, stderr } = await stage.run(["sh", "-c", "echo -n 'child ' >&2; exit 3"], { env });
  assertEquals(code, 3);
  const all = entries(stderr);
  assertEquals(all.map(({ severity }) => severity), ["INFO", "INFO", "INFO", "INFO"]);
  assertEquals(all.at(-1)!.message, "✓ sh exited (exit code: 3)");
  assertEquals(parseRecord(JSON.stringify(all.at(-1)!.bailout)).exitCode, 3);
  const quiet = await stage.run(["--quiet", "sh", "-c", "exit 3"], { env });
  assertEquals(quiet.stderr, "");
});

e2e("--format json says warnings, leftovers and failed starts as entries", async (stage) => {
  const failed = await stage.run(["--format=json", "--log-file=/no/such/log", "/no/such/command"]);
  assertEquals(failed.code, 127);
  assertEquals(entries(failed.stderr).map(({ severity }) => severity), [
    "WARNING",
    "INFO",
    "INFO",
    "ERROR",
  ]);
});

e2e("--format json with --dry-run warns of a finding and stops nothing", async (stage) => {
  const script = "echo NotFound: 404; sleep 0.4; exit 4";
  const { code, stderr } = await stage.run([
    ...["--format=json", "--dry-run", "--interval=100ms", "sh", "-c", script],
  ]);
  assertEquals(code, 4);
  const found = entries(stderr).filter(({ message }) => message.includes("FATAL ERROR DETECTED"));
  assertEquals(found.map(({ severity }) => severity), ["WARNING"]);
  assertEquals(found[0]!["logging.googleapis.com/labels"]?.rule, "not-found");
});

e2e("a usage error is text, whatever the format", async (stage) => {
  const { code, stderr } = await stage.run(["--format=json", "--grace=soon", "true"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, 'bailout: --grace: "soon" is not a duration');
});

e2e("under GitHub Actions a bail-out is also an annotation in a group", async (stage) => {
  const script = "echo 'at 100%'; echo NotFound: 404; exec sleep 300";
  const args = ["--interval=100ms", "sh", "-c", script];
  const { stderr } = await stage.run(args, { env: { GITHUB_ACTIONS: "true" } });
  assertStringIncludes(stderr, "\n❌ Killing agent (PID: ");
  assertStringIncludes(
    stderr,
    "\n::group::bailout: rule not-found\n" +
      "::error title=FATAL ERROR DETECTED%3A Resource not found (404)!::" +
      "resource doesn't exist (rule not-found)%0Aat 100%25%0ANotFound: 404\n::endgroup::\n",
  );
  const elsewhere = await stage.run(args, { env: { GITHUB_ACTIONS: "" } });
  assertEquals(elsewhere.stderr.includes("::error"), false);
});
