import { assertEquals } from "@std/assert";
import { splitArgv } from "./argv.ts";
import { subcommandOf, subcommandWords } from "./subcommand.ts";

const CASES: [argv: string[], subcommand: string | undefined][] = [
  [["check"], "check"],
  [["rules", "list"], "rules"],
  [["launch-agent"], "launch-agent"],
  [["--profile", "classic", "check", "x.log"], "check"],
  [["--", "check"], undefined],
  [["--", "rules", "list"], undefined],
  [["sh", "check"], undefined],
  [["./check"], undefined],
  [["checks"], undefined],
  [[], undefined],
];
for (const [argv, expected] of CASES) {
  Deno.test(`subcommandOf() of "bailout ${argv.join(" ")}" is ${expected}`, () => {
    assertEquals<string | undefined>(subcommandOf(splitArgv(argv)), expected);
  });
}

Deno.test("subcommandWords() puts the options before the subcommand in front of its own", () => {
  const argv = splitArgv(["--rules", "a", "--rules=b", "check", "--rules", "c", "--", "-x"]);
  assertEquals(subcommandWords(argv), ["--rules=a", "--rules=b", "--rules", "c", "--", "-x"]);
});
