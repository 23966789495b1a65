import { assertEquals } from "@std/assert";
import { NO_SINKS } from "../testing/builders.ts";
import { usageError } from "../testing/usage_error.ts";
import { splitArgv } from "./argv.ts";
import { readSettings, type Settings } from "./settings.ts";

function settings(argv: readonly string[], env: Record<string, string> = {}): Settings {
  return readSettings(splitArgv(argv), env);
}

Deno.test("readSettings() fills in the defaults", () => {
  assertEquals(settings(["sh", "-c", "exit"]), {
    command: ["sh", "-c", "exit"],
    names: { full: "sh", short: "sh" },
    profile: "default",
    ruleFiles: [],
    disabled: [],
    sources: { rules: "--rules", disable: "--disable", bufferLines: "--buffer-lines" },
    exitCodes: "uniform",
    intervalMs: 5000,
    contextLines: 10,
    bufferLines: 100,
    graceMs: 8000,
    stopSignal: "SIGTERM",
    signalMode: undefined,
    logFile: undefined,
    dryRun: false,
    quiet: false,
    color: "auto",
    format: "text",
    annotations: false,
    sinks: NO_SINKS,
  });
});

Deno.test("readSettings() takes every option", () => {
  const argv = [
    ..."--interval 0 --context 3 --buffer-lines 200 --profile none --rules r.json".split(" "),
    ..."--disable a --disable b --exit-codes category --grace 1s --stop-signal INT".split(" "),
    ..."--signal-mode child".split(" "),
    ..."--log-file /tmp/x.log --log-max-size 1KiB --name N --format json --dry-run".split(" "),
    ..."--verdict-file /tmp/v.json --termination-log /tmp/t --webhook-format slack".split(" "),
    ..."--webhook https://hooks.example/x --pushgateway http://push:9091".split(" "),
    ..."--quiet --color always -- x".split(" "),
  ];
  assertEquals(settings(argv), {
    command: ["x"],
    names: { full: "N", short: "N" },
    profile: "none",
    ruleFiles: ["r.json"],
    disabled: ["a", "b"],
    sources: { rules: "--rules", disable: "--disable", bufferLines: "--buffer-lines" },
    exitCodes: "category",
    intervalMs: 0,
    contextLines: 3,
    bufferLines: 200,
    graceMs: 1000,
    stopSignal: "SIGINT",
    signalMode: "child",
    logFile: { path: "/tmp/x.log", maxBytes: 1024 },
    dryRun: true,
    quiet: true,
    color: "always",
    format: "json",
    annotations: false,
    sinks: {
      verdictFile: "/tmp/v.json",
      terminationLog: "/tmp/t",
      torchErrorFile: undefined,
      webhook: { url: "https://hooks.example/x", format: "slack" },
      pushgateway: "http://push:9091",
      otlp: false,
    },
  });
});

Deno.test("readSettings() takes every option's variable", () => {
  const env = {
    BAILOUT_INTERVAL: "0",
    BAILOUT_RULES: "a.json,b.json",
    BAILOUT_DISABLE: "quota",
    BAILOUT_BUFFER_LINES: "300",
    BAILOUT_LOG_FILE: "/tmp/x.log",
    BAILOUT_QUIET: "1",
  };
  const read = settings(["sh"], env);
  assertEquals(read.intervalMs, 0);
  assertEquals(read.ruleFiles, ["a.json", "b.json"]);
  assertEquals(read.disabled, ["quota"]);
  assertEquals(read.logFile, { path: "/tmp/x.log", maxBytes: 10 * 2 ** 20 });
  assertEquals(read.quiet, true);
  assertEquals(read.sources, {
    rules: "BAILOUT_RULES",
    disable: "BAILOUT_DISABLE",
    bufferLines: "BAILOUT_BUFFER_LINES",
  });
});

Deno.test("readSettings() annotates under GitHub Actions", () => {
  assertEquals(settings(["sh"], { GITHUB_ACTIONS: "true" }).annotations, true);
});

const NAMES: [argv: string[], name: string][] = [
  [["/usr/bin/python3", "x.py"], "python3"],
  [["./run.sh"], "run.sh"],
  [["dir/tool/"], "tool"],
  [["/"], "/"],
  [["--name", "trainer", "python3"], "trainer"],
  [["--", "launch-agent"], "launch-agent"],
];
for (const [argv, name] of NAMES) {
  Deno.test(`readSettings() calls the child of "${argv.join(" ")}" ${name}`, () => {
    assertEquals(settings(argv).names, { full: name, short: name });
  });
}

Deno.test("readSettings() runs wandb's agent for launch-agent, with every argument", () => {
  const read = settings(["launch-agent", "-q", "queue", "--", "--help"]);
  assertEquals(read.command, ["wandb", "launch-agent", "-q", "queue", "--", "--help"]);
  assertEquals(read.names, { full: "W&B Launch Agent", short: "W&B agent" });
  assertEquals(read.logFile, { path: "/tmp/wandb-agent.log", maxBytes: 10 * 2 ** 20 });
});

Deno.test("readSettings() lets options name another log and another name for launch-agent", () => {
  const read = settings(["--log-file=/x", "--log-max-size=1MiB", "--name=A", "launch-agent"]);
  assertEquals(read.logFile, { path: "/x", maxBytes: 2 ** 20 });
  assertEquals(read.names, { full: "A", short: "A" });
});

Deno.test("readSettings() runs a command called launch-agent after --", () => {
  const read = settings(["--", "launch-agent", "-q", "x"]);
  assertEquals(read.command, ["launch-agent", "-q", "x"]);
  assertEquals(read.logFile, undefined);
});

Deno.test("readSettings() lets the context fill the ring buffer up to the match", () => {
  assertEquals(settings(["--context", "99", "sh"]).contextLines, 99);
});

const NO_COMMAND = "no COMMAND to supervise (write bailout [options] -- COMMAND [ARG...])";
const CONTEXT = "lines before the matching one don't fit into a ring buffer of";
const ERRORS: [name: string, argv: string[], env: Record<string, string>, sentence: string][] = [
  ["no command", [], {}, NO_COMMAND],
  ["no command after --", ["--quiet", "--"], {}, NO_COMMAND],
  ["an empty command", ["--", ""], {}, "the COMMAND is empty (name a program)"],
  [
    "a context larger than the buffer",
    ["--context", "100", "sh"],
    {},
    `--context: 100 ${CONTEXT} 100 (set --buffer-lines to 101 or more)`,
  ],
  [
    "a context from a variable larger than the buffer",
    ["--buffer-lines=50", "sh"],
    { BAILOUT_CONTEXT: "70" },
    `BAILOUT_CONTEXT: 70 ${CONTEXT} 50 (set --buffer-lines to 71 or more)`,
  ],
  [
    "a slip in a variable",
    ["sh"],
    { BAILOUT_GRACES: "1s" },
    "unknown variable BAILOUT_GRACES (did you mean BAILOUT_GRACE?)",
  ],
  [
    "a wrong value of an option that isn't used",
    ["--log-max-size", "big", "sh"],
    {},
    '--log-max-size: "big" is not a size (write it like 64KiB or 10MiB)',
  ],
  [
    "an unknown format",
    ["sh"],
    { BAILOUT_FORMAT: "yaml" },
    'BAILOUT_FORMAT: "yaml" is not a choice (use one of text, json)',
  ],
];
for (const [name, argv, env, sentence] of ERRORS) {
  Deno.test(`readSettings() refuses ${name}`, () => {
    assertEquals(usageError(() => settings(argv, env)), sentence);
  });
}
