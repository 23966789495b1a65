import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CATEGORY_EXIT_CODES } from "../core/exit_code.ts";
import { launchAgentHelp, programHelp } from "./help.ts";
import { OPTIONS, type OptionSpec } from "./options.ts";

for (const [name, text] of [["bailout", programHelp()], ["launch-agent", launchAgentHelp()]]) {
  Deno.test(`the help of ${name} fits into 100 columns and ends with a line feed`, () => {
    const tooLong = text!.split("\n").filter((line) => line.length > 100);
    assertEquals(tooLong, []);
    assert(text!.endsWith("\n") && !text!.endsWith("\n\n"));
  });

  Deno.test(`the help of ${name} has neither tabs nor spaces at a line's end`, () => {
    assertEquals(text!.match(/\t| $/gm), null);
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
