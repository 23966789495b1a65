// Each example against the schema of the platform that reads it.
import { assertEquals, assertNotEquals } from "@std/assert";
import { example, type ExampleName, EXAMPLES, problemsOf, schemaTest } from "./example.ts";

type Tree = { [key: string]: unknown };

for (const [file, platform] of Object.entries(EXAMPLES)) {
  const name = file as ExampleName;
  schemaTest(`examples/${name} fits the schema of ${platform}`, async () => {
    assertEquals(await problemsOf(platform, example(name)), []);
  });
}

/** A typo in each example that its platform would refuse, or silently ignore: where, and the key. */
const TYPOS: [name: ExampleName, path: string[], key: string][] = [
  ["kubernetes/job.yaml", ["spec", "template", "spec"], "restartPolicy"],
  ["kubernetes/job.yaml", ["spec", "podFailurePolicy", "rules", "1", "onExitCodes"], "operator"],
  ["cloud-run/job.yaml", ["spec", "template", "spec", "template", "spec"], "maxRetries"],
  ["cloud-run/alert-policy.yaml", ["conditions", "0", "conditionMatchedLog"], "filter"],
  ["vertex-ai/custom-job.yaml", ["workerPoolSpecs", "0", "containerSpec"], "command"],
  ["docker-compose/compose.yaml", ["services", "agent"], "restart"],
  ["github-actions.yml", ["jobs", "train"], "runs-on"],
];
for (const [name, path, key] of TYPOS) {
  schemaTest(`the schema for examples/${name} refuses a typo in ${key}`, async () => {
    const changed = example<Tree>(name);
    const at = path.reduce((tree, step) => tree[step] as Tree, changed);
    assertNotEquals(at[key], undefined);
    at[`${key}x`] = at[key];
    delete at[key];
    assertNotEquals(await problemsOf(EXAMPLES[name], changed), []);
  });
}

Deno.test("every YAML file in examples is held to a schema", async () => {
  const root = new URL("../../examples/", import.meta.url);
  const found: string[] = [];
  for (const name of await yamlFiles(root)) found.push(name);
  assertEquals(found.toSorted(), Object.keys(EXAMPLES).toSorted());
});

async function yamlFiles(folder: URL, prefix = ""): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      names.push(...await yamlFiles(new URL(`${name}/`, folder), `${prefix}${name}/`));
    } else if (/\.ya?ml$/.test(name)) names.push(prefix + name);
  }
  return names;
}

Deno.test("the commands in the comments of examples name files that there are", async () => {
  const root = new URL("../../", import.meta.url);
  for (const name of Object.keys(EXAMPLES)) {
    const text = await Deno.readTextFile(new URL(`examples/${name}`, root));
    for (const [path] of text.matchAll(/(?:examples|docs)\/[\w./-]*\w/g)) {
      await Deno.stat(new URL(path, root));
    }
  }
});
