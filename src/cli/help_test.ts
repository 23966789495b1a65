import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CATEGORY_EXIT_CODES } from "../core/exit_code.ts";
import { checkHelp } from "./check_help.ts";
import { CHECK_OPTIONS } from "./check_settings.ts";
import { launchAgentHelp, programHelp } from "./help.ts";
import { OPTIONS, type OptionSpec } from "./options.ts";
import { rulesHelp } from "./rules_help.ts";
import { RULES_ACTIONS, RULES_OPTIONS } from "./rules_settings.ts";

const ALL: [name: string, text: string][] = [
  ["bailout", programHelp()],
  ["launch-agent", launchAgentHelp()],
  ["check", checkHelp()],
  ["rules", rulesHelp("rules")],
  ...RULES_ACTIONS.map((action): [string, string] => [`rules ${action}`, rulesHelp(action)]),
];

for (const [name, text] of ALL) {
  Deno.test(`the help of ${name} fits into 100 columns and ends with a line feed`, () => {
    const tooLong = text.split("\n").filter((line) => line.length > 100);
    assertEquals(tooLong, []);
    assert(text.endsWith("\n") && !text.endsWith("\n\n"));
  });

  Deno.test(`the help of ${name} has neither tabs nor spaces at a line's end`, () => {
    assertEquals(text.match(/\t| $/gm), null);
  });
}

for (const option of OPTIONS as readonly OptionSpec[]) {
  Deno.test(`help explains --${option.name} on a line of its own`, () => {
    const flag = `  --${option.name}${option.meta === undefined ? "" : ` ${option.meta}`} `;
    const lines = programHelp().split("\n").filter((line) => line.startsWith(flag));
    assertEquals(lines.length, 1);
    assertStringIncludes(lines[0]!, option.help);
    if (option.default !== undefined) assertStringIncludes(lines[0]!, ` [${option.default}]`);
  });
}

Deno.test("help's columns are aligned", () => {
  const options = programHelp().split("\n").filter((line) => line.startsWith("  --"));
  assertEquals(new Set(options.map((line) => /^ {2}\S+(?: \S+)? +/.exec(line)![0].length)).size, 1);
});

Deno.test("help names every exit code", () => {
  const text = programHelp();
  for (const [category, code] of Object.entries(CATEGORY_EXIT_CODES)) {
    assertStringIncludes(text, `${code} ${category}`);
  }
  for (const code of ["the child's own", "125", "126, 127", "usage error"]) {
    assertStringIncludes(text, code);
  }
});

Deno.test("help says how variables are called", () => {
  assertStringIncludes(programHelp(), "--interval is BAILOUT_INTERVAL");
});

Deno.test("the help of launch-agent says where the log goes and how to reach the agent's own", () => {
  assertStringIncludes(launchAgentHelp(), "/tmp/wandb-agent.log");
  assertStringIncludes(launchAgentHelp(), "bailout -- wandb launch-agent --help");
});

Deno.test("help lists every form of the command line", () => {
  for (
    const form of ["launch-agent [ARG...]", "check [options] [FILE|-]...", "rules list|show ID"]
  ) {
    assertStringIncludes(programHelp(), `  bailout ${form}`);
  }
});

Deno.test("the help of check and of each rules action explains every option of it", () => {
  const lists: [string, readonly OptionSpec[]][] = [
    [checkHelp(), CHECK_OPTIONS],
    ...RULES_ACTIONS.map((action): [string, readonly OptionSpec[]] => [
      rulesHelp(action),
      RULES_OPTIONS[action],
    ]),
  ];
  for (const [text, options] of lists) {
    for (const { name, help } of options) {
      const line = text.split("\n").find((line) => line.startsWith(`  --${name} `));
      assertStringIncludes(line ?? `no --${name}`, help);
    }
  }
});
