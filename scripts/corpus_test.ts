import { assertEquals, assertThrows } from "@std/assert";
import type { Rule } from "../src/core/rule.ts";
import { bytes, rule } from "../src/testing/builders.ts";
import { loadCases, parseCase } from "./corpus_case.ts";
import { replay } from "./corpus_replay.ts";
import { describeFault, isFault, renderTable, tally } from "./corpus_table.ts";

const HEADER = "# expect: quota\n# source: by hand\n# note: no GPUs\n---\n";
const CASES = new URL("../tests/corpus/", import.meta.url);

Deno.test("parseCase() reads the header and keeps the log's bytes", () => {
  const log = new Uint8Array([...bytes("a\r\n---\n"), 0xff, 0x0a, 0x62]);
  const read = parseCase("quota/fatal/gpus", new Uint8Array([...bytes(HEADER), ...log]));
  assertEquals(read, {
    name: "quota/fatal/gpus",
    family: "quota",
    expect: "quota",
    source: "by hand",
    note: "no GPUs",
    log,
  });
});

Deno.test("parseCase() reads a note that isn't ASCII, and none as no rule", () => {
  const file = "# expect: none\n# source: 2 × π\n# note: W&B ✨\n---\n";
  const { expect, source, note, log } = parseCase("quota/healthy/x", bytes(file));
  assertEquals([expect, source, note, log.length], [null, "2 × π", "W&B ✨", 0]);
});

const BAD: [name: string, file: string, message: string][] = [
  ["quota/fatal", HEADER, "its place is not RULE/fatal/SLUG or RULE/healthy/SLUG"],
  ["quota/lethal/x", HEADER, "its place is not RULE/fatal/SLUG or RULE/healthy/SLUG"],
  ["quota/healthy/x", HEADER, "it expects quota, but its folder says none"],
  ["image-pull/fatal/x", HEADER, "it expects quota, but its folder says image-pull"],
  ["quota/fatal/x", HEADER.replace("# note: no GPUs\n", ""), "no note in its header"],
  ["quota/fatal/x", HEADER.replace("note", "remark"), 'header line "# remark: no GPUs"'],
  ["quota/fatal/x", "a log without a header\n", "no expect in its header"],
];
for (const [name, file, message] of BAD) {
  Deno.test(`parseCase() says what is wrong with a case: ${message} (${name})`, () => {
    assertThrows(() => parseCase(name, bytes(file)), SyntaxError, `${name}: ${message}`);
  });
}

const outcome = (name: string, got: string | null) => {
  const [family, verdict] = name.split("/");
  const expect = verdict === "fatal" ? family! : null;
  const log = new Uint8Array();
  return { case: { name, family: family!, expect, source: "s", note: "n", log }, got };
};
const OUTCOMES = [
  outcome("image-pull/fatal/a", "image-pull"),
  outcome("quota/fatal/a", "quota"),
  outcome("quota/fatal/b", "python-exception"),
  outcome("quota/fatal/c", null),
  outcome("quota/healthy/a", null),
  outcome("quota/healthy/b", "quota"),
];

Deno.test("tally() tells right, wrong and no rule apart", () => {
  assertEquals(tally(OUTCOMES), { caught: 2, misnamed: 1, missed: 1, falseKills: 1 });
  assertEquals(OUTCOMES.filter(isFault).map(describeFault), [
    "quota/fatal/b: expected quota, got python-exception",
    "quota/fatal/c: expected quota, got none",
    "quota/healthy/b: expected none, got quota",
  ]);
});

Deno.test("renderTable() has a row for each rule, and the profiles side by side", () => {
  const perfect = OUTCOMES.map((each) => ({ ...each, got: each.case.expect }));
  assertEquals(renderTable({ default: perfect, classic: OUTCOMES }).split("\n"), [
    "                            default                                classic",
    "rule        fatal  healthy  caught  misnamed  missed  false kills  caught  misnamed  missed  false kills",
    "image-pull      1        0       1         0       0            0       1         0       0            0",
    "quota           3        2       3         0       0            0       1         1       1            1",
    "all             4        2       4         0       0            0       2         1       1            1",
  ]);
});

const boom = (fields: Partial<Rule> = {}) => rule({ threshold: 2, ...fields });
const REPLAYS: [what: string, log: string, rules: Rule[], got: string | null][] = [
  ["nothing", "one boom\nquiet\n", [boom()], null],
  ["a rule met at the unfinished last line", "boom\nboom", [boom()], "boom"],
  ["the first rule that is met", "b\na\n", ["a", "b"].map(single), "b"],
  ["the first rule in list order on one line", "ab\n", ["a", "b"].map(single), "a"],
  ["a kill after a warning", "a\nb\n", [{ ...single("a"), action: "warn" }, single("b")], "b"],
];

function single(word: string): Rule {
  return rule({ id: word, matcher: { kind: "pattern", pattern: word } });
}

for (const [what, log, rules, got] of REPLAYS) {
  Deno.test(`replay() returns ${what}`, () => assertEquals(replay(bytes(log), rules), got));
}

Deno.test("every case of the corpus can be read, and no log is there twice", async () => {
  const cases = await loadCases(CASES);
  const logs = new Map<string, string>();
  for (const { name, log, family } of cases) {
    const key = family + new TextDecoder("latin1").decode(log);
    assertEquals(logs.get(key), undefined, `${name} is the same log`);
    logs.set(key, name);
  }
});
