import { assertEquals, assertRejects } from "@std/assert";
import { splitArgv } from "./cli/argv.ts";
import { BUILT_IN_WINDOW, isPlain } from "./cli/detection_settings.ts";
import { readSettings } from "./cli/settings.ts";
import { UsageError } from "./cli/usage_error.ts";
import type { Rule } from "./core/rule.ts";
import { CLASSIC_RULES } from "./core/rules/classic.ts";
import { builtInRules } from "./core/rule_set.ts";
import { DEFAULT_RULES } from "./core/rules/default.ts";
import { loadRules } from "./load_rules.ts";

function load(options: string[], env: Record<string, string> = {}): Promise<readonly Rule[]> {
  return loadRules(readSettings(splitArgv([...options, "sh"]), env));
}

/** Runs with rule files in a folder of their own; `FOLDER` in an option stands for it. */
async function withFiles<T>(
  files: Record<string, unknown>,
  run: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const text = typeof content === "string" ? content : JSON.stringify({ rules: content });
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    return await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The whole sentence of the usage error, with `FOLDER` for the folder's name. */
function problem(
  options: string[],
  files: Record<string, unknown> = {},
  env: Record<string, string> = {},
): Promise<string> {
  return withFiles(files, async (folder) => {
    const argv = options.map((option) => option.replace("FOLDER", folder));
    const { message, hint } = await assertRejects(() => load(argv, env), UsageError);
    return `${message}${hint === undefined ? "" : ` (${hint})`}`.replaceAll(folder, "FOLDER");
  });
}

const ids = (rules: readonly Rule[]) => rules.map((rule) => rule.id);
const MINE = { id: "mine", category: "quota", title: "Mine!", reason: "mine", pattern: "mine" };

Deno.test("loadRules() gives the rules of the profile", async () => {
  assertEquals(await load([]), DEFAULT_RULES);
  assertEquals(await load(["--profile", "classic"]), CLASSIC_RULES);
  assertEquals(await load(["--profile", "none"]), []);
});

Deno.test("loadRules() leaves disabled rules out and keeps the others' order", async () => {
  const left = await load(["--disable", "quota", "--disable", "http-error"]);
  const expected = ids(DEFAULT_RULES).filter((id) => id !== "quota" && id !== "http-error");
  assertEquals(ids(left), expected);
});

Deno.test("loadRules() merges files in order", async () => {
  const files = { "a.json": [MINE], "b.json": [{ ...MINE, id: "other" }] };
  const rules = await withFiles(
    files,
    (folder) => load(["--profile=none", `--rules=${folder}/a.json`, `--rules=${folder}/b.json`]),
  );
  assertEquals(ids(rules), ["mine", "other"]);
});

Deno.test("loadRules() keeps a built-in matcher that files can't write", async () => {
  const files = { "r.json": [{ id: "python-exception", threshold: 2 }] };
  for (const profile of ["default", "classic"] as const) {
    const rules = await withFiles(
      files,
      (folder) => load([`--profile=${profile}`, "--rules", `${folder}/r.json`]),
    );
    const rule = rules.find(({ id }) => id === "python-exception")!;
    const builtIn = builtInRules(profile).find(({ id }) => id === "python-exception")!;
    assertEquals(rule, { ...builtIn, threshold: 2 });
  }
});

Deno.test("loadRules() changes a built-in rule in its place", async () => {
  const files = { "r.json": [{ id: "quota", threshold: 2 }, MINE] };
  const rules = await withFiles(files, (folder) => load(["--rules", `${folder}/r.json`]));
  assertEquals(ids(rules), [...ids(DEFAULT_RULES), "mine"]);
  assertEquals(rules[4], { ...DEFAULT_RULES[4]!, threshold: 2 });
});

Deno.test("loadRules() derives hints for the files' rules, as far as they need any", async () => {
  const files = {
    "r.json": [
      MINE,
      { ...MINE, id: "vague", pattern: "." },
      { id: "quota", pattern: "no (?:more )?quota" },
      { id: "not-found", threshold: 2 },
    ],
  };
  const rules = await withFiles(files, (folder) => load(["--rules", `${folder}/r.json`]));
  const hintsOf = (id: string) => rules.find((rule) => rule.id === id)!.hints;
  assertEquals(hintsOf("mine"), ["mine"]);
  assertEquals(hintsOf("vague"), undefined);
  assertEquals(hintsOf("quota"), [" quota"]);
  assertEquals(hintsOf("not-found"), DEFAULT_RULES.find(({ id }) => id === "not-found")!.hints);
});

Deno.test("loadRules() can disable a rule that a file has added", async () => {
  const files = { "r.json": [MINE] };
  const rules = await withFiles(
    files,
    (folder) => load(["--rules", `${folder}/r.json`, "--disable", "mine"]),
  );
  assertEquals(ids(rules), ids(DEFAULT_RULES));
});

const RULES = ["--rules", "FOLDER/r.json"];
const ALL = ids(DEFAULT_RULES).join(", ");
const ERRORS: [
  name: string,
  options: string[],
  files: Record<string, unknown>,
  sentence: string,
][] = [
  [
    "a file that isn't there",
    RULES,
    {},
    '--rules: cannot read "FOLDER/r.json": there is no such file or directory',
  ],
  ["a folder", ["--rules", "FOLDER"], {}, '--rules: cannot read "FOLDER": is a directory'],
  [
    "a file that isn't JSON",
    RULES,
    { "r.json": "rules: []" },
    "FOLDER/r.json:1 is not JSON with comments: a symbol that JSON doesn't know",
  ],
  [
    "a bad rule",
    RULES,
    { "r.json": [{ id: "quota", window: 0 }] },
    'FOLDER/r.json:1: rule "quota": field "window" must be 1 or more, got 0',
  ],
  [
    "a new rule without a title",
    RULES,
    { "r.json": [{ ...MINE, title: undefined }] },
    'FOLDER/r.json:1: rule "mine" has no "title" (only a rule with the id of a built-in one may leave fields out)',
  ],
  [
    "a change of a rule that the profile doesn't have",
    ["--profile=none", ...RULES],
    { "r.json": [{ id: "quota", threshold: 2 }] },
    'FOLDER/r.json:1: rule "quota" has no "category" (only a rule with the id of a built-in one may leave fields out)',
  ],
  [
    "a slip in the name of a built-in rule",
    RULES,
    { "r.json": [{ id: "qota", threshold: 2 }] },
    'FOLDER/r.json:1: rule "qota" has no "category" (did you mean the built-in quota?)',
  ],
  [
    "a new rule that recognises nothing",
    RULES,
    { "r.json": [{ ...MINE, pattern: undefined }] },
    'FOLDER/r.json:1: rule "mine" has no "pattern", "facts" or "json" (only a rule with the id of a built-in one may leave fields out)',
  ],
  [
    "a rule that stands twice in a file",
    RULES,
    { "r.json": '{"rules": [{"id": "quota"},\n{"id": "quota"}]}' },
    'FOLDER/r.json:2: rule "quota": field "id" stands already at FOLDER/r.json:1',
  ],
  [
    "a rule that stands in two files",
    ["--rules", "FOLDER/a.json", "--rules", "FOLDER/b.json"],
    { "a.json": [MINE], "b.json": [{ id: "mine", title: "Ours!" }] },
    'FOLDER/b.json:1: rule "mine": field "id" stands already at FOLDER/a.json:1',
  ],
  [
    "a window smaller than a built-in threshold",
    RULES,
    { "r.json": [{ id: "repeated-failures", window: 2 }] },
    'FOLDER/r.json:1: rule "repeated-failures": field "window": a threshold of 3 lines can\'t be reached in a window of 2',
  ],
  [
    "a threshold larger than the window",
    RULES,
    { "r.json": [{ id: "quota", window: 5, threshold: 6 }] },
    'FOLDER/r.json:1: rule "quota": field "threshold": a threshold of 6 lines can\'t be reached in a window of 5',
  ],
  [
    "a window larger than the ring buffer",
    RULES,
    { "r.json": [{ ...MINE, window: 150 }] },
    'FOLDER/r.json:1: rule "mine": field "window" must be at most the ring buffer\'s 100 lines, got 150 (set --buffer-lines to 150 or more)',
  ],
  [
    "a ring buffer smaller than a built-in window",
    ["--buffer-lines", "99"],
    {},
    '--buffer-lines: a ring buffer of 99 lines is smaller than the window of rule "machine-type" (100) (set --buffer-lines to 100 or more)',
  ],
  [
    "a slip in a rule's name",
    ["--disable", "quotas"],
    {},
    '--disable: there is no rule "quotas" (did you mean quota?)',
  ],
  [
    "an unknown rule",
    ["--disable", "xyzzy"],
    {},
    `--disable: there is no rule "xyzzy" (the rules are ${ALL})`,
  ],
];
for (const [name, options, files, sentence] of ERRORS) {
  Deno.test(`loadRules() refuses ${name}`, async () => {
    assertEquals(await problem(options, files), sentence);
  });
}

Deno.test("loadRules() names the variable where that was the source", async () => {
  assertEquals(
    await problem([], {}, { BAILOUT_DISABLE: "quotas" }),
    'BAILOUT_DISABLE: there is no rule "quotas" (did you mean quota?)',
  );
  assertEquals(
    await problem([], {}, { BAILOUT_BUFFER_LINES: "50" }),
    "BAILOUT_BUFFER_LINES: a ring buffer of 50 lines is smaller than the window of rule " +
      '"machine-type" (100) (set --buffer-lines to 100 or more)',
  );
  assertEquals(
    await problem([], {}, { BAILOUT_RULES: "/nowhere/r.json" }),
    'BAILOUT_RULES: cannot read "/nowhere/r.json": there is no such file or directory',
  );
});

Deno.test("loadRules() doesn't mind the window of a rule that is switched off", async () => {
  const disabled = ids(DEFAULT_RULES.filter((rule) => rule.window > 50));
  const rules = await load([
    ...disabled.flatMap((id) => ["--disable", id]),
    "--buffer-lines=50",
  ]);
  assertEquals(ids(rules), ids(DEFAULT_RULES.filter((rule) => rule.window <= 50)));
});

Deno.test("loadRules() has something to say about --disable where there are no rules", async () => {
  assertEquals(
    await problem(["--profile", "none", "--disable", "quota"]),
    '--disable: there is no rule "quota" (there are no rules)',
  );
});

Deno.test("a choice is plain where nothing can be wrong with its rules", async () => {
  const plain = (options: string[]) => isPlain(readSettings(splitArgv([...options, "sh"]), {}));
  for (const profile of ["default", "classic", "none"]) {
    assertEquals(plain(["--profile", profile]), true);
    const rules = await load(["--profile", profile, "--buffer-lines", `${BUILT_IN_WINDOW}`]);
    assertEquals(rules, builtInRules(profile as "default" | "classic" | "none"));
  }
  assertEquals(plain(["--rules", "r.yaml"]), false);
  assertEquals(plain(["--disable", "quota"]), false);
  assertEquals(plain(["--buffer-lines", `${BUILT_IN_WINDOW - 1}`]), false);
  assertEquals(plain(["--buffer-lines", `${BUILT_IN_WINDOW}`]), true);
});
