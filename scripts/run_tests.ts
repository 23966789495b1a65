// Runs the test suites one after the other and closes with the totals of all:
//   deno run -A scripts/run_tests.ts [SUITE...]
import { addUp, readReport, type Report } from "./test_report.ts";

/** A newer Deno under which the unit tests must pass too, so that the pin can move. */
const NEXT_DENO = "2.9.6";

const PURE = ["src/core", "src/render"];
const IMPURE = [
  ...testsDirectlyIn("src"),
  "src/cli",
  "src/host",
  "scripts",
  "tools",
  "bench",
  "tests/docs",
];

/** Name → what is run. `deno` stands for the Deno that runs this script. */
const SUITES: Record<string, string[]> = {
  // The pure part gets no permission at all: whatever it tries to do to the world fails.
  pure: ["deno", "test", "--no-prompt", ...PURE],
  unit: ["deno", "test", "--allow-all", ...IMPURE],
  "unit-next": [...npx(NEXT_DENO), "test", "--allow-all", "--no-lock", ...PURE, ...IMPURE],
  corpus: ["deno", "test", "--allow-read", "tests/corpus"],
  fuzz: ["deno", "test", "--allow-read", "--allow-env", "tests/fuzz"],
  e2e: ["deno", "test", "--allow-all", "tests/e2e"],
  examples: ["deno", "test", "--allow-all", "tests/schemas", "tests/examples"],
  soak: ["deno", "test", "--allow-all", "tests/soak"],
  bytes: ["deno", "test", "--allow-all", "tests/bytes"],
  release: ["deno", "test", "--allow-all", "tests/release"],
  image: ["deno", "test", "--allow-all", "tests/image"],
};

function testsDirectlyIn(folder: string): string[] {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  return names.filter((name) => name.endsWith("_test.ts")).map((name) => `${folder}/${name}`);
}

function npx(deno: string): string[] {
  return ["npx", "--yes", `deno@${deno}`];
}

async function runSuite(name: string, command: string[]): Promise<Report> {
  console.log(`\n=== ${name}`);
  const junit = await Deno.makeTempFile({ suffix: ".xml" });
  const [program, ...args] = command.map((word) => word === "deno" ? Deno.execPath() : word);
  try {
    const child = new Deno.Command(program!, {
      args: [...args, `--junit-path=${junit}`],
      stdin: "null",
    }).spawn();
    const { success } = await child.status;
    return readReport(await Deno.readTextFile(junit), success);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { passed: 0, failed: 0, skipped: [`all of ${name} (skipped: no ${program} here)`] };
  } finally {
    await Deno.remove(junit);
  }
}

const wanted = Deno.args.length === 0 ? Object.keys(SUITES) : Deno.args;
const reports: Report[] = [];
for (const name of wanted) {
  const command = SUITES[name];
  if (command === undefined) {
    console.error(`no suite ${JSON.stringify(name)}: use ${Object.keys(SUITES).join(", ")}`);
    Deno.exit(2);
  }
  reports.push(await runSuite(name, command));
}
const total = addUp(reports);
for (const name of total.skipped) console.log(`skipped: ${name}`);
console.log(`tests: ${total.passed} passed, ${total.failed} failed`);
Deno.exit(total.failed === 0 ? 0 : 1);
