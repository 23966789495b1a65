// Every example in the pages: commands are run, files are loaded.
import { parse } from "@std/yaml";
import { parse as parseJsonc } from "jsonc-parser";
import { assert, assertEquals } from "@std/assert";
import { parseRuleFile } from "../../src/cli/rule_file.ts";
import { BINARY, e2e, type Stage } from "../helpers/bailout.ts";
import { example, type ExampleName, EXAMPLES } from "./example.ts";
import { type Block, blocksOf, commandsOf, sameOutput, stepsOf } from "./markdown.ts";
import { isPartOf } from "./part_of.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const PAGES = [
  "README.md",
  ...[...Deno.readDirSync(`${ROOT}docs`)].map(({ name }) => `docs/${name}`)
    .filter((name) => name.endsWith(".md")).sort(),
];

/** Programs that can't be run here: what they are given is looked at. */
const FOREIGN = ["docker", "gcloud", "kubectl"];

/** The demo of the README: picture_test.ts runs it. */
const DEMO = "$ bailout -- ./test-agent.sh\n";

const CHECKS: Record<string, (block: Block, stage: Stage, cwd: string) => void | Promise<void>> = {
  console: replay,
  sh: runScript,
  yaml: ({ text }) => {
    const value = parse(text);
    const names = Object.keys(EXAMPLES) as ExampleName[];
    assert(
      names.some((name) => isPartOf(value, example(name))),
      `is a part of none of ${names.join(", ")}`,
    );
  },
  json: ({ text }) => {
    JSON.parse(text);
  },
  jsonc: ({ text, where }) => {
    const value = parseJsonc(text) as Record<string, unknown>;
    if ("rules" in value) assert(parseRuleFile(text, where).length > 0);
  },
  dockerfile: startEntrypoint,
  // records_page_test.ts compares it with a real Pushgateway's.
  prometheus: () => {},
};

for (const page of PAGES) {
  for (const block of blocksOf(page, Deno.readTextFileSync(ROOT + page))) {
    if (block.text.startsWith(DEMO)) continue;
    const { where, language } = block;
    e2e(`${where} (${language || "no language"})`, async (stage) => {
      const check = CHECKS[language];
      assert(check !== undefined, `write one of ${Object.keys(CHECKS).join(", ")} after the fence`);
      const cwd = await sandbox(page);
      try {
        await check(block, stage, cwd);
      } finally {
        await Deno.remove(cwd, { recursive: true });
      }
    });
  }
}

/** A folder as the reader's: our examples, the files that the page names, `bailout` on the path. */
async function sandbox(page: string): Promise<string> {
  const cwd = await Deno.makeTempDir();
  await Deno.mkdir(`${cwd}/.bin`);
  await Deno.symlink(BINARY, `${cwd}/.bin/bailout`);
  await Deno.symlink(`${ROOT}examples`, `${cwd}/examples`);
  const files = `${ROOT}tests/examples/pages/${page.replace(/^.*\/|\.md$/g, "")}`;
  try {
    for (const { name } of Deno.readDirSync(files)) {
      await Deno.copyFile(`${files}/${name}`, `${cwd}/${name}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return cwd;
}

async function shell(stage: Stage, cwd: string, script: string) {
  return await stage.start("sh", ["-c", script], {
    cwd,
    env: { PATH: `${cwd}/.bin:${Deno.env.get("PATH")}`, LC_ALL: "C.UTF-8" },
  }).outcome();
}

/** A transcript: each command prints what stands there. */
async function replay({ text }: Block, stage: Stage, cwd: string): Promise<void> {
  let last = 0;
  for (const { command, output } of stepsOf(text)) {
    // One pipe for both streams, as on a terminal; and the code of the command before for `$?`.
    const { stdout, code } = await shell(stage, cwd, `exec 2>&1; (exit ${last}); ${command}`);
    last = code;
    if (!sameOutput(output, stdout)) assertEquals(stdout, output, `$ ${command}`);
  }
}

/** A script: its own commands succeed; those of other programs name files that exist. */
async function runScript({ text }: Block, stage: Stage, cwd: string): Promise<void> {
  for (const command of commandsOf(text)) {
    const [program, ...words] = command.split(" ");
    if (program === "make") {
      for (const word of words) assert(makeTargets().includes(word), `make ${word}`);
    } else if (FOREIGN.includes(program!)) {
      for (const word of words) {
        if (!/^examples\/|^[^-].*\.(?:ya?ml|jsonc?)$/.test(word)) continue;
        assert(await exists(`${cwd}/${word}`), `${program} is given ${word}`);
      }
    } else {
      const { code, stderr } = await shell(stage, cwd, command);
      assertEquals([code, stderr], [0, ""], command);
    }
  }
}

/** A Dockerfile: its entry point starts its command. */
async function startEntrypoint({ text }: Block, stage: Stage): Promise<void> {
  const exec = (name: string) => JSON.parse(new RegExp(`^${name} (.*)$`, "m").exec(text)![1]!);
  const [binary, ...options] = exec("ENTRYPOINT") as string[];
  assert(text.includes(` ${binary}\n`), "nothing is copied there");
  const { code, stderr } = await stage.run([...options, "echo", ...exec("CMD") as string[]]);
  assertEquals(code, 0, stderr);
}

function makeTargets(): string[] {
  const makefile = Deno.readTextFileSync(`${ROOT}Makefile`);
  return [...makefile.matchAll(/^([a-z-]+):/gm)].map(([, target]) => target!);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
