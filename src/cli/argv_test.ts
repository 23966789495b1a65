import { assertEquals } from "@std/assert";
import { seededRandom } from "../testing/random.ts";
import { usageError } from "../testing/usage_error.ts";
import { type Argv, splitArgv } from "./argv.ts";
import { OPTIONS, type OptionSpec } from "./options.ts";

/** The options as a plain object, to compare with. */
function options(argv: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(splitArgv(argv).options);
}

const NOTHING: Argv = {
  help: false,
  version: false,
  options: new Map(),
  command: [],
  verbatim: false,
};

const CASES: [name: string, argv: string[], expected: Partial<Argv>][] = [
  ["no words at all", [], {}],
  ["only a command", ["sh"], { command: ["sh"] }],
  ["a command with options of its own", ["sh", "-c", "--help", "--quiet"], {
    command: ["sh", "-c", "--help", "--quiet"],
  }],
  ["a -- before the command", ["--", "sh"], { command: ["sh"], verbatim: true }],
  ["a -- before a command that looks like an option", ["--", "--help"], {
    command: ["--help"],
    verbatim: true,
  }],
  ["a later -- belongs to the child", ["git", "log", "--", "file"], {
    command: ["git", "log", "--", "file"],
  }],
  ["a second -- belongs to the child", ["--", "--", "x"], {
    command: ["--", "x"],
    verbatim: true,
  }],
  ["a lone dash is a command", ["-", "x"], { command: ["-", "x"] }],
  ["an empty word is a command", ["", "x"], { command: ["", "x"] }],
  ["a subcommand", ["launch-agent", "-q", "queue"], { command: ["launch-agent", "-q", "queue"] }],
  ["--help", ["--help"], { help: true }],
  ["-h", ["-h"], { help: true }],
  ["--version", ["--version"], { version: true }],
  ["-V", ["-V"], { version: true }],
  ["help among options", ["--quiet", "-h", "sh"], {
    help: true,
    options: new Map([["quiet", ["true"]]]),
    command: ["sh"],
  }],
];
for (const [name, argv, expected] of CASES) {
  Deno.test(`splitArgv(): ${name}`, () => {
    assertEquals(splitArgv(argv), { ...NOTHING, ...expected });
  });
}

const VALUES: [name: string, argv: string[], options: Record<string, string[]>][] = [
  ["the word after an option", ["--grace", "3s"], { grace: ["3s"] }],
  ["what follows the =", ["--grace=3s"], { grace: ["3s"] }],
  ["everything after the first =", ["--name=a=b"], { name: ["a=b"] }],
  ["an empty value after the =", ["--name="], { name: [""] }],
  ["an empty word", ["--name", ""], { name: [""] }],
  ["a value with a line feed", ["--name", "a\nb"], { name: ["a\nb"] }],
  ["a value that starts with a dash", ["--name", "-x"], { name: ["-x"] }],
  ["a value that is an option's name", ["--name", "--quiet"], { name: ["--quiet"] }],
  ["a value that is --", ["--name", "--"], { name: ["--"] }],
  ["a number, as text", ["--context", "007"], { context: ["007"] }],
  ["each value of a repeated option, in order", ["--disable", "b", "--disable=a"], {
    disable: ["b", "a"],
  }],
  ["each value of an option that isn't repeatable", ["--grace=1s", "--grace", "2s"], {
    grace: ["1s", "2s"],
  }],
  ["a flag", ["--quiet"], { quiet: ["true"] }],
  ["a flag's own value", ["--quiet=false"], { quiet: ["false"] }],
  ["a flag's empty value", ["--quiet="], { quiet: [""] }],
];
for (const [name, argv, expected] of VALUES) {
  Deno.test(`splitArgv() takes for the value: ${name}`, () => {
    assertEquals(splitArgv([...argv, "sh"]), {
      ...NOTHING,
      options: new Map(Object.entries(expected)),
      command: ["sh"],
    });
  });
}

Deno.test("splitArgv() takes the word after a flag for the command, even true", () => {
  const { options, command } = splitArgv(["--quiet", "true", "x"]);
  assertEquals([options.get("quiet"), command], [["true"], ["true", "x"]]);
});

Deno.test("splitArgv() takes every option in both spellings", () => {
  for (const { name, kind } of OPTIONS as readonly OptionSpec[]) {
    assertEquals(options([`--${name}=v`, "sh"]), { [name]: ["v"] });
    if (kind !== "flag") assertEquals(options([`--${name}`, "v", "sh"]), { [name]: ["v"] });
  }
});

Deno.test("splitArgv() leaves the command's words as they are, whatever they are", () => {
  const words = OPTIONS.map(({ name }) => `--${name}`)
    .concat([
      "--",
      "-",
      "-h",
      "--help",
      "--no-quiet",
      "--x=1",
      "",
      "a b",
      "--name=é",
      "true",
      "-x",
    ]);
  const random = seededRandom(4711);
  for (let round = 0; round < 500; round++) {
    const tail = Array.from(
      { length: Math.floor(random() * 8) },
      () => words[Math.floor(random() * words.length)]!,
    );
    const own = ["--quiet", "--grace", "1s", "--name=n"].slice(0, [0, 1, 3, 4][round % 4]);
    assertEquals(splitArgv([...own, "--", ...tail]).command, tail);
    assertEquals(splitArgv([...own, "cmd", ...tail]).command, ["cmd", ...tail]);
  }
});

const HINT = "options of the command come after it: bailout [options] -- COMMAND [ARG...]";
const ERRORS: [argv: string[], sentence: string][] = [
  [["--intervall", "1s", "sh"], 'unknown option "--intervall" (did you mean --interval?)'],
  [["--intervall=1s", "sh"], 'unknown option "--intervall" (did you mean --interval?)'],
  [["--hepl"], 'unknown option "--hepl" (did you mean --help?)'],
  [["--frobnicate", "sh"], `unknown option "--frobnicate" (${HINT})`],
  [["-x", "sh"], `unknown option "-x" (${HINT})`],
  [["-hV"], `unknown option "-hV" (${HINT})`],
  [["--no-quiet", "sh"], `unknown option "--no-quiet" (${HINT})`],
  [["--=x"], `unknown option "--=x" (${HINT})`],
  [["--constructor", "sh"], `unknown option "--constructor" (${HINT})`],
  [["--__proto__=x", "sh"], `unknown option "--__proto__" (${HINT})`],
  [["--grace"], "option --grace needs a value (write --grace D)"],
  [["--quiet", "--log-file"], "option --log-file needs a value (write --log-file PATH)"],
];
for (const [argv, sentence] of ERRORS) {
  Deno.test(`splitArgv() refuses ${argv.join(" ")}`, () => {
    assertEquals(usageError(() => splitArgv(argv)), sentence);
  });
}

Deno.test("splitArgv() doesn't call --help unknown because of a value, and then suggest it", () => {
  for (const option of ["--help", "--version"]) {
    assertEquals(usageError(() => splitArgv([`${option}=1`])), `option ${option} takes no value`);
  }
});
