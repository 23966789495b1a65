import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { e2e } from "../helpers/bailout.ts";

const MISTAKES: [args: string[], sentence: string][] = [
  [["--intervl", "2s", "true"], 'unknown option "--intervl" (did you mean --interval?)'],
  [["--interval", "2", "true"], '--interval: "2" is not a duration (write it like 500ms'],
  [["--interval", "25h", "true"], '--interval: "25h" is not a duration (the longest is 24h)'],
  [["--context", "x", "true"], '--context: "x" is not a count'],
  [["--context", "100", "true"], "--context: 100 lines before the matching one don't fit"],
  [["--buffer-lines", "50", "true"], "--buffer-lines: a ring buffer of 50 lines is smaller"],
  [["--profile", "clasic", "true"], '--profile: "clasic" is not a choice (did you mean classic?)'],
  [
    ["--exit-codes", "many", "true"],
    '--exit-codes: "many" is not a choice (use one of uniform, category)',
  ],
  [["--stop-signal", "SIGFOO", "true"], '--stop-signal: "SIGFOO" is not a signal'],
  [["--log-max-size", "10MB", "true"], '--log-max-size: "10MB" is not a size (write it like 64KiB'],
  [["--disable", "qota", "true"], '--disable: there is no rule "qota" (did you mean quota?)'],
  [["--rules", "/no/file", "true"], '--rules: cannot read "/no/file": there is no such file'],
  [["--grace"], "option --grace needs a value"],
  [["--quiet=perhaps", "true"], '--quiet: "perhaps" is neither true nor false'],
  [[], "no COMMAND to supervise"],
  [["--", ""], "the COMMAND is empty"],
];

e2e("a mistake is one sentence with a hint, exit code 2, and starts nothing", async (stage) => {
  for (const [args, sentence] of MISTAKES) {
    const marker = await Deno.makeTempDir();
    try {
      const command = args.at(-1) === "true" ? ["touch", `${marker}/started`] : [];
      const given = args.at(-1) === "true" ? args.slice(0, -1) : args;
      const outcome = await stage.run([...given, ...command]);
      assertEquals(outcome.code, 2, args.join(" "));
      assertEquals(outcome.stdout, "");
      assertStringIncludes(outcome.stderr, `bailout: ${sentence}`);
      assertMatch(outcome.stderr, /^bailout: [^\n]+\nTry 'bailout --help'\.\n$/);
      assertEquals([...Deno.readDirSync(marker)], []);
    } finally {
      await Deno.remove(marker, { recursive: true });
    }
  }
});

e2e("a wrong variable is named like a wrong option", async (stage) => {
  const wrong = await stage.run(["true"], { env: { BAILOUT_GRACE: "soon" } });
  assertEquals(wrong.code, 2);
  assertStringIncludes(wrong.stderr, 'bailout: BAILOUT_GRACE: "soon" is not a duration');
  const typo = await stage.run(["true"], { env: { BAILOUT_INTERVL: "2s" } });
  assertEquals(typo.code, 2);
  assertStringIncludes(
    typo.stderr,
    "unknown variable BAILOUT_INTERVL (did you mean BAILOUT_INTERVAL?)",
  );
});

e2e("a variable that merely has our prefix is left alone", async (stage) => {
  const env = { BAILOUT_PORT: "tcp://10.0.0.1:80", BAILOUT_SERVICE_HOST: "10.0.0.1" };
  assertEquals((await stage.run(["true"], { env })).code, 0);
});

e2e("a flag beats its variable, which beats the default", async (stage) => {
  const env = { BAILOUT_NAME: "from-env" };
  assertStringIncludes((await stage.run(["true"], { env })).stderr, "✓ from-env started");
  const both = await stage.run(["--name", "from-flag", "true"], { env });
  assertStringIncludes(both.stderr, "✓ from-flag started");
});

e2e("the child gets its words untouched, options and -- among them", async (stage) => {
  const words = ["--quiet", "--", "-x", "", "a b", "--interval=1s", "ünï"];
  const outcome = await stage.run(["--quiet", "printf", "%s\\n", ...words]);
  assertEquals(outcome.stdout, words.map((word) => `${word}\n`).join(""));
});

e2e("--version names bailout, Deno and the target", async (stage) => {
  const { code, stdout } = await stage.run(["--version"]);
  assertEquals(code, 0);
  assertMatch(stdout, /^bailout \d+\.\d+\.\d+ \(deno \d+\.\d+\.\d+, \w+-unknown-linux-gnu\)\n$/);
});

e2e("--help lists every option; launch-agent has its own", async (stage) => {
  const program = await stage.run(["--help"]);
  assertEquals([program.code, program.stderr], [0, ""]);
  for (const option of ["--interval", "--log-max-size", "--color", "--dry-run"]) {
    assertStringIncludes(program.stdout, `  ${option}`);
  }
  const agent = await stage.run(["launch-agent", "--help"]);
  assertEquals(agent.code, 0);
  assertStringIncludes(agent.stdout, "bailout -- wandb launch-agent --help");
});

e2e(
  "a rule file adds a rule, changes a built-in one, and --disable switches one off",
  async (stage) => {
    const path = await Deno.makeTempFile();
    try {
      await Deno.writeTextFile(
        path,
        `{ // ours
        "rules": [
          {"id": "disk-full", "category": "config", "title": "Disk full!", "reason": "no space",
           "pattern": "No space left", "exitCode": 99},
          {"id": "not-found", "title": "Gone!"},
        ] }`,
      );
      const agent = (line: string) => ["sh", "-c", 'echo "$0"; exec sleep 300', line];
      const args = ["--interval=0", "--rules", path, "--exit-codes", "category"];
      const added = await stage.run([...args, ...agent("No space left on device")]);
      assertStringIncludes(added.stderr, "FATAL ERROR DETECTED: Disk full!");
      assertEquals(added.code, 99);
      const changed = await stage.run([...args, ...agent("NotFound: 404 x")]);
      assertStringIncludes(changed.stderr, "FATAL ERROR DETECTED: Gone!");
      assertEquals(changed.code, 11);
      const off = ["--disable", "not-found", "sh", "-c", "echo NotFound: 404 x; exit 6"];
      assertEquals((await stage.run([...args, ...off])).code, 6);
    } finally {
      await Deno.remove(path);
    }
  },
);

e2e("a bad rule file names the file, the rule and the field", async (stage) => {
  const path = await Deno.makeTempFile({ suffix: ".jsonc" });
  const rule = '"id": "mine", "category": "config", "title": "t", "reason": "r"';
  const cases: [text: string, sentence: string][] = [
    ["{", ":1 is not JSON with comments: a closing } is missing"],
    ['{\n"rules": {}}', ':2: field "rules" must be a list of rules, got {}'],
    [`{"rules": [{${rule}}]}`, ':1: rule "mine" has no "pattern", "facts" or "json"'],
    [
      `{"rules": [{${rule},\n"pattern": "a("}]}`,
      ':2: rule "mine": field "pattern": "a(" is not a regular expression',
    ],
    [`{"rules": [{${rule}, "pattern": "a(?=b)"}]}`, "uses lookahead (?=b)"],
    [`{"rules": [{${rule}, "pattern": "(a)\\\\1"}]}`, "uses backreference \\1"],
    [
      `{"rules": [\n{${rule}, "pattern": "a",\n// lines\n"windw": 3}]}`,
      ':4: rule "mine": field "windw" is not a known field (did you mean window?)',
    ],
    [
      `{"rules": [{${rule}, "pattern": "a",\n"window": 500}]}`,
      ':2: rule "mine": field "window" must be at most the ring buffer\'s 100 lines, got 500',
    ],
    [
      `{"rules": [{${rule}, "pattern": "a", "threshold": 101}]}`,
      "can't be reached in a window of 100",
    ],
    [
      `{"rules": [{"id": "quota"},\n{"id": "quota"}]}`,
      ':2: rule "quota": field "id" stands already at ',
    ],
  ];
  try {
    for (const [text, sentence] of cases) {
      await Deno.writeTextFile(path, text);
      const outcome = await stage.run(["--rules", path, "true"]);
      assertEquals(outcome.code, 2, text);
      assertStringIncludes(outcome.stderr, sentence);
      assertMatch(outcome.stderr, /^bailout: [^\n]+\nTry 'bailout --help'\.\n$/);
    }
  } finally {
    await Deno.remove(path);
  }
});
