// The steps of examples/github-actions.yml, run as a runner does.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { packFolder } from "../../scripts/archive.ts";
import { BINARY, e2e, type Outcome, type Stage } from "../helpers/bailout.ts";
import { example } from "./example.ts";

interface Workflow {
  readonly jobs: {
    readonly train: {
      readonly env: Readonly<Record<string, string>>;
      readonly outputs: { readonly code: string };
      readonly steps: readonly {
        readonly name?: string;
        readonly id?: string;
        readonly run?: string;
        readonly with?: { readonly path?: string };
      }[];
    };
  };
}

const ROOT = new URL("../../", import.meta.url);
const JOB = example<Workflow>("github-actions.yml").jobs.train;
const NAMES = { install: "Install bailout", train: "Train", keep: "Keep the record" };

const HAS_TOOLS = ["bash", "curl", "python3", "tar"].every((tool) =>
  new Deno.Command("sh", { args: ["-c", `command -v ${tool}`], stdout: "null" }).outputSync()
    .success
);
const skip = HAS_TOOLS ? undefined : "no bash, curl, python3 or tar";

function step(name: string) {
  return JOB.steps.find((step) => step.name === name)!;
}

/** A runner's folders, with the release that the workflow downloads. */
async function withRunner(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["work", "temp", "releases", "release"]) {
      await Deno.mkdir(`${folder}/${name}`);
    }
    // Packing the binary itself takes long, and is tests/release's.
    const script = `#!/bin/sh\nexec '${BINARY}' "$@"\n`;
    await Deno.writeTextFile(`${folder}/release/bailout`, script, { mode: 0o755 });
    const archive = `bailout-${JOB.env.BAILOUT_VERSION}-linux-x86_64.tar.gz`;
    await packFolder(`${folder}/release`, `${folder}/releases/${archive}`);
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runStep(stage: Stage, name: string, folder: string): Promise<Outcome> {
  // `bash -e` is a step's shell where it names none.
  return await stage.start("bash", ["-e", "-c", step(name).run!], {
    cwd: `${folder}/work`,
    env: {
      ...JOB.env,
      BAILOUT_RELEASES: `file://${folder}/releases`,
      GITHUB_ACTIONS: "true",
      GITHUB_OUTPUT: `${folder}/output`,
      RUNNER_TEMP: `${folder}/temp`,
    },
  }).outcome();
}

e2e("the workflow of the example installs, trains and hands the code on", async (stage) => {
  await withRunner(async (folder) => {
    const installed = await runStep(stage, NAMES.install, folder);
    assertEquals([installed.code, installed.stderr], [0, ""]);

    const program = `print("ResourceExhausted: 429 Quota exceeded")\nimport time; time.sleep(60)\n`;
    await Deno.writeTextFile(`${folder}/work/train.py`, program);
    const { code, stdout, stderr } = await runStep(stage, NAMES.train, folder);
    assertEquals(code, 12);
    assertStringIncludes(stdout + stderr, "::error");
    assertEquals(await Deno.readTextFile(`${folder}/output`), "code=12\n");
    const record = step(NAMES.keep).with!.path!.replace("${{ runner.temp }}", `${folder}/temp`);
    assertEquals(JSON.parse(await Deno.readTextFile(record)).rule, "quota");

    await Deno.writeTextFile(`${folder}/work/train.py`, "print('done')\n");
    assertEquals((await runStep(stage, NAMES.train, folder)).code, 0);
    assertEquals(await Deno.readTextFile(`${folder}/output`), "code=12\ncode=0\n");
  });
}, { skip });

Deno.test("the workflow of the example is for this version, and its output is a step's", () => {
  const { version } = JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT)));
  assertEquals(JOB.env.BAILOUT_VERSION, version);
  assertEquals(JOB.outputs.code, "${{ steps.train.outputs.code }}");
  assertEquals(step(NAMES.train).id, "train");
});
