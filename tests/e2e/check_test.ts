import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { BINARY, e2e, type Outcome, type RunOptions, type Stage } from "../helpers/bailout.ts";

const DOOMED = [
  "2024-05-01 12:00:00,123 Starting W&B agent...",
  "2024-05-01 12:00:09,311 Picked up job...",
  "2024-05-01 12:00:12,423 Submitting to Vertex AI...",
  "InvalidArgument: 400 Machine type 'n2-standard-4' is not supported for GPU 'NVIDIA_TESLA_T4'",
  "2024-05-01 12:00:22,423 Polling...",
  "",
].join("\n");

type Files = Record<string, string | Uint8Array<ArrayBuffer>>;

/** Runs `bailout check` in a folder that has these files. */
async function check(
  stage: Stage,
  files: Files,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const cwd = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${cwd}/${name}`, data);
    }
    return await stage.run(["check", ...args], { ...options, cwd });
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

e2e("check shows each finding with its line, and where a run would have stopped", async (stage) => {
  const { code, stdout, stderr } = await check(stage, { "a.log": DOOMED }, ["a.log"]);
  assertEquals([code, stderr], [1, ""]);
  assertStringIncludes(
    stdout,
    "🚨 line 4: Machine type not supported! (rule machine-type, 2024-05-01T12:00:12.423)\n" +
      "  1 │ 2024-05-01 12:00:00,123 Starting W&B agent...\n",
  );
  assertStringIncludes(stdout, "→ 4 │ InvalidArgument: 400 Machine type");
  assertMatch(
    stdout,
    /✗ a run would have been stopped at line 4 of 5 by rule machine-type, 12\.3s into the log \(exit code: 1\)\n$/,
  );
});

e2e("check is 0 for a healthy log", async (stage) => {
  const { code, stdout } = await check(stage, { "a.log": "step 500/1000\nloss 0.503\n" }, [
    "a.log",
  ]);
  assertEquals(code, 0);
  assertEquals(stdout, "✓ no rule would have stopped a run in 2 lines (exit code: 0)\n");
});

e2e("check reads stdin, gzip by file or pipe, and several files", async (stage) => {
  const packed = await gzip(DOOMED);
  for (const args of [[], ["-"], ["--format", "text", "-"]]) {
    assertEquals((await check(stage, {}, args, { stdin: DOOMED })).code, 1);
    assertEquals((await check(stage, {}, args, { stdin: packed })).code, 1);
  }
  const files = { "a.gz": packed, "b.log": "fine\n", "c.log": DOOMED };
  const { code, stdout } = await check(stage, files, ["b.log", "a.gz", "c.log"]);
  assertEquals(code, 1);
  assertStringIncludes(stdout, "✓ b.log: no rule would have stopped a run in 1 line");
  assertStringIncludes(stdout, "🚨 a.gz:4: Machine type not supported!");
  assertStringIncludes(stdout, "✗ c.log: a run would have been stopped at line 4 of 5");
});

e2e("check --format json is one object, with the log's own time", async (stage) => {
  const args = ["--format", "json", "--exit-codes", "category", "a.log"];
  const { code, stdout } = await check(stage, { "a.log": DOOMED }, args);
  assertEquals(code, 10);
  const { verdict, findings, lines } = JSON.parse(stdout);
  assertEquals(lines, 5);
  assertEquals(
    [verdict.rule, verdict.line, verdict.exitCode, verdict.detectedAt, verdict.afterMs],
    ["machine-type", 4, 10, "2024-05-01T12:00:12.423", 12_300],
  );
  assertEquals([findings[0].rule, findings[0].line, findings[0].file], [
    "machine-type",
    4,
    "a.log",
  ]);
  assertEquals(findings[0].context.at(-1).line, 4);
  const healthy = JSON.parse((await check(stage, {}, ["--format=json"], { stdin: "a\n" })).stdout);
  assertEquals(healthy, { verdict: null, findings: [], lines: 1 });
});

e2e("check takes the detection options of a run and their variables", async (stage) => {
  const log = { "a.log": "step 500/1000\nstep 1500/2000\n" };
  const code = async (args: string[], env = {}) =>
    (await check(stage, log, [...args, "a.log"], { env })).code;
  assertEquals(await code([]), 0);
  assertEquals(await code(["--profile", "classic"]), 1);
  assertEquals(await code([], { BAILOUT_PROFILE: "classic" }), 1);
  assertEquals(await code(["--profile", "classic", "--exit-codes", "category"]), 13);
  assertEquals(await code(["--profile", "classic", "--disable", "service-error"]), 0);
  assertEquals(await code(["--profile", "none"], { BAILOUT_PROFILE: "classic" }), 0);
  const before = await stage.run(["--profile", "classic", "check"], { stdin: log["a.log"] });
  assertEquals(before.code, 1);
});

e2e("check holds `within` and `confirm` to the log's own time", async (stage) => {
  const rules = `{"rules": [{"id": "slow", "category": "quota", "title": "Slow!", "reason": "r",
    "pattern": "slow", "threshold": 2, "within": "10s", "clears": "fast", "confirm": "30s"}]}`;
  const at = (time: string, text: string) => `{"time": "2024-05-01T12:${time}Z", "m": "${text}"}\n`;
  const verdict = async (log: string) => {
    const args = ["--profile=none", "--rules=r.json", "--format=json", "-"];
    return JSON.parse((await check(stage, { "r.json": rules }, args, { stdin: log })).stdout)
      .verdict;
  };
  assertEquals(await verdict(at("00:00", "slow") + at("00:11", "slow")), null);
  const pair = at("00:00", "slow") + at("00:10", "slow");
  assertEquals(await verdict(pair + at("00:39", "fast") + at("05:00", "x")), null);
  const late = await verdict(pair + at("00:40", "x") + at("00:41", "fast"));
  assertEquals([late.rule, late.file], ["slow", "-"]);
});

e2e("check --explain says what is seen in a line and why each rule fires or not", async (stage) => {
  const { code, stdout } = await check(stage, { "a.log": DOOMED }, ["--explain", "4", "a.log"]);
  assertEquals(code, 0);
  assertMatch(stdout, /^line 4 │ InvalidArgument: 400 Machine type/);
  assertMatch(stdout, /\n {2}status +\["INVALID_ARGUMENT"\]\n/);
  assertMatch(stdout, /\n→ machine-type +fires here: matches\n/);
  assertMatch(stdout, /\n {2}quota +has no sign of it\n/);
  const json = await check(stage, { "a.log": DOOMED }, ["--explain=1", "--format=json", "a.log"]);
  assertEquals(JSON.parse(json.stdout).rules.length, 11);
});

const MISTAKES: [args: string[], sentence: string][] = [
  [["no.log"], 'cannot read "no.log": there is no such file or directory'],
  [["."], 'cannot read ".": it is a directory'],
  [["a.log", "no.log"], 'cannot read "no.log": there is no such file or directory'],
  [["cut.gz"], 'cannot read "cut.gz": the gzip data is cut off'],
  [["--explain", "9", "a.log"], '--explain: there is no line 9 in "a.log" (it has 5 lines)'],
  [["--explain", "x", "a.log"], '--explain: "x" is not a count'],
  [["--format", "xml", "a.log"], '--format: "xml" is not a choice'],
  [["--grace", "1s", "a.log"], 'unknown option "--grace"'],
  [["--disable", "qota", "a.log"], '--disable: there is no rule "qota" (did you mean quota?)'],
];
e2e("a mistake in check is one sentence with a hint, exit code 2", async (stage) => {
  const cut = (await gzip("a\n".repeat(1000))).slice(0, -5);
  for (const [args, sentence] of MISTAKES) {
    const { code, stdout, stderr } = await check(stage, { "a.log": DOOMED, "cut.gz": cut }, args);
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assertStringIncludes(stderr, `bailout: ${sentence}`);
    assertMatch(stderr, /^bailout: [^\n]+\nTry 'bailout check --help'\.\n$/);
  }
});

e2e("check --help lists its options", async (stage) => {
  const { code, stdout } = await stage.run(["check", "--help"]);
  assertEquals(code, 0);
  for (const option of ["--format F", "--explain N", "--profile NAME", "--buffer-lines N"]) {
    assertStringIncludes(stdout, `  ${option} `);
  }
});

e2e("a command called check is reached with --", async (stage) => {
  const { code, stderr } = await stage.run(["--", "check"], { env: { PATH: "/nowhere" } });
  assertEquals(code, 127);
  assertStringIncludes(stderr, 'cannot run "check"');
});

e2e("check ends quietly when its reader has seen enough", async (stage) => {
  const log = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(log, DOOMED.repeat(20_000));
    const script = `"$0" check --context 90 "$1" | head -n 1`;
    const { code, stdout, stderr } = await stage.start("sh", ["-c", script, BINARY, log]).outcome();
    assertEquals([code, stderr, stdout.split("\n").length], [0, "", 2]);
  } finally {
    await Deno.remove(log);
  }
});

/** Highest memory of a process, MiB (VmHWM of proc(5)); 0 once it has ended. */
function peakMiB(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

e2e("a large log needs no memory, packed or not", async (stage) => {
  const line = "2024-05-01 12:00:00 step 12 of 1000, loss 0.503, everything is fine here\n";
  const chunk = line.repeat(4000);
  const folder = await Deno.makeTempDir();
  try {
    const file = await Deno.open(`${folder}/big.log`, { write: true, create: true });
    const bytes = new TextEncoder().encode(chunk);
    for (let size = 0; size < 120 * 2 ** 20; size += bytes.length) await file.write(bytes);
    file.close();
    const packed = await new Deno.Command("gzip", { args: ["-k1", `${folder}/big.log`] }).output();
    assert(packed.success);
    for (const name of ["big.log", "big.log.gz"]) {
      // The profile without rules: this is about the reading.
      const run = stage.bailout(["check", "--profile", "none", `${folder}/${name}`]);
      let peak = 0;
      const timer = setInterval(() => peak = Math.max(peak, peakMiB(run.pid)), 20);
      const { code } = await run.outcome();
      clearInterval(timer);
      assertEquals(code, 0);
      assert(peak > 0 && peak < 250, `${name}: ${peak} MiB`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const SCRIPT = await new Deno.Command("script", { args: ["--version"] }).output()
  .then(({ success }) => success ? undefined : "script(1) doesn't run", () => "no script(1) here");

e2e("check shows a progress bar on a terminal, and leaves nothing of it", async (stage) => {
  const log = await Deno.makeTempFile();
  try {
    // Lines that have to be read: those in which nothing stands go by too fast for a bar.
    await Deno.writeTextFile(log, "saw an error budget of 403 items and went on\n".repeat(80_000));
    const command = `'${BINARY}' check '${log}'`;
    const { code, stdout } = await stage.start("script", ["-qefc", command, "/dev/null"]).outcome();
    assertEquals(code, 0);
    const drawn = stdout.split("\r\x1b[K");
    assertMatch(drawn[1]!, /^ *\d+% [█░]{24} [\d.]+ [KM]iB of [\d.]+ MiB, [\d.]+s left$/);
    assertMatch(drawn.at(-1)!, /^✓ no rule would have stopped a run in 80,000 lines/);
  } finally {
    await Deno.remove(log);
  }
}, { skip: SCRIPT });
