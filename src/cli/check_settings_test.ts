import { assertEquals } from "@std/assert";
import { usageError } from "../testing/usage_error.ts";
import { type CheckSettings, readCheckSettings } from "./check_settings.ts";

function read(words: readonly string[], env: Record<string, string> = {}): CheckSettings {
  const settings = readCheckSettings(words, env);
  if (settings === "help") throw new Error("Help was asked for");
  return settings;
}

const DEFAULTS: CheckSettings = {
  files: ["-"],
  format: "text",
  explain: undefined,
  color: "auto",
  profile: "default",
  ruleFiles: [],
  disabled: [],
  sources: { rules: "--rules", disable: "--disable", bufferLines: "--buffer-lines" },
  exitCodes: "uniform",
  contextLines: 10,
  bufferLines: 100,
};

Deno.test("readCheckSettings() fills in the defaults, and reads stdin", () => {
  assertEquals(read([]), DEFAULTS);
});

Deno.test("readCheckSettings() takes options before, between and after the files", () => {
  const words = "--format json a.log --context 3 - --exit-codes=category b.log --disable quota";
  assertEquals(read(words.split(" ")), {
    ...DEFAULTS,
    files: ["a.log", "-", "b.log"],
    format: "json",
    contextLines: 3,
    exitCodes: "category",
    disabled: ["quota"],
  });
});

Deno.test("readCheckSettings() takes what follows -- for files", () => {
  assertEquals(read(["a", "--", "--format", "-x"]).files, ["a", "--format", "-x"]);
});

Deno.test("readCheckSettings() takes the line to explain", () => {
  assertEquals(read(["--explain", "7", "a"]).explain, 7);
});

Deno.test("readCheckSettings() takes the variables of a run, but not of its messages", () => {
  const env = {
    BAILOUT_PROFILE: "classic",
    BAILOUT_RULES: "a.json, b.json",
    BAILOUT_CONTEXT: "2",
    BAILOUT_BUFFER_LINES: "200",
    BAILOUT_EXIT_CODES: "category",
    BAILOUT_COLOR: "never",
    BAILOUT_FORMAT: "json",
    BAILOUT_EXPLAIN: "9",
    BAILOUT_INTERVAL: "soon",
  };
  assertEquals(read(["x"], env), {
    ...DEFAULTS,
    files: ["x"],
    profile: "classic",
    ruleFiles: ["a.json", "b.json"],
    sources: { ...DEFAULTS.sources, rules: "BAILOUT_RULES", bufferLines: "BAILOUT_BUFFER_LINES" },
    contextLines: 2,
    bufferLines: 200,
    exitCodes: "category",
    color: "never",
  });
});

Deno.test("readCheckSettings() knows --help wherever it stands", () => {
  assertEquals(readCheckSettings(["a.log", "-h"], {}), "help");
});

const HINT = "see bailout check --help; -- before check supervises a command of that name";
const ERRORS: [words: string[], sentence: string][] = [
  [["--formt", "json"], 'unknown option "--formt" (did you mean --format?)'],
  [["--grace", "1s"], `unknown option "--grace" (${HINT})`],
  [["--format", "yaml"], '--format: "yaml" is not a choice (use one of text, json)'],
  [
    ["--explain", "0"],
    '--explain: "0" is not a count (write a whole number from 1 to 999999999)',
  ],
  [["--explain", "1", "a", "b"], "--explain: a line of which FILE? (name a single one)"],
  [
    ["--context", "100"],
    "--context: 100 lines before the matching one don't fit into a ring buffer of 100 " +
    "(set --buffer-lines to 101 or more)",
  ],
];
for (const [words, sentence] of ERRORS) {
  Deno.test(`readCheckSettings() refuses ${words.join(" ")}`, () => {
    assertEquals(usageError(() => read(words)), sentence);
  });
}

Deno.test("readCheckSettings() refuses a slip in any variable of a run", () => {
  assertEquals(
    usageError(() => read([], { BAILOUT_GRACES: "1s" })),
    "unknown variable BAILOUT_GRACES (did you mean BAILOUT_GRACE?)",
  );
});
