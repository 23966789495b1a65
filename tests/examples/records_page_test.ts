// What docs/records.md and docs/metrics.md show is what a real run gives.
import { assertEquals } from "@std/assert";
import { prometheusName, runMetrics } from "../../src/core/metrics.ts";
import { e2e, type Stage } from "../helpers/bailout.ts";
import { Gateway, NO_PROMETHEUS } from "../helpers/pushgateway.ts";
import { parseRecord } from "../helpers/record.ts";
import { inTempDir } from "../helpers/temp_dir.ts";
import { blocksOf } from "./markdown.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

function page(name: string): string {
  return Deno.readTextFileSync(`${ROOT}docs/${name}`);
}

const [RECORD, ENTRY] = blocksOf("records.md", page("records.md"))
  .filter(({ language }) => language === "json").map(({ text }) => text);

/** The page's agent, with its record and its lines. */
async function realRun(stage: Stage) {
  let [record, stderr] = ["", ""];
  await inTempDir(async (dir) => {
    await Deno.copyFile(`${ROOT}tests/examples/pages/records/agent.sh`, `${dir}/agent.sh`);
    const args = ["--interval=0", "--format=json", "--verdict-file=v.json", "--", "sh", "agent.sh"];
    ({ stderr } = await stage.run(args, { cwd: dir }));
    record = await Deno.readTextFile(`${dir}/v.json`);
  });
  return { record: parseRecord(record), entry: JSON.parse(stderr.trimEnd().split("\n").at(-1)!) };
}

/** Without what differs between two runs: numbers of time and process. */
function timeless(text: string): string {
  return text.replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"TIME"')
    .replace(/"(pid|durationMs|detectionDelayMs|line)":\d+/g, '"$1":0');
}

e2e("the record in docs/records.md is a real one", async (stage) => {
  const { record } = await realRun(stage);
  const shown = JSON.stringify(parseRecord(RECORD!));
  assertEquals(JSON.parse(timeless(shown)), JSON.parse(timeless(JSON.stringify(record))));
});

e2e("the log entry in docs/records.md has a real one's fields", async (stage) => {
  const { entry } = await realRun(stage);
  const shown = JSON.parse(ENTRY!);
  assertEquals(Object.keys(shown), Object.keys(entry));
  assertEquals(shown.message.split("\n")[0], entry.message.split("\n")[0]);
  for (const field of ["severity", "logging.googleapis.com/labels"]) {
    assertEquals(shown[field], entry[field]);
  }
  for (const [field, value] of Object.entries(shown.bailout)) {
    assertEquals(entry.bailout[field], value);
  }
});

Deno.test("the table in docs/metrics.md has every metric with its labels", () => {
  const shown = page("metrics.md").split("\n").filter((line) => line.startsWith("| `bailout"))
    .map((line) => line.split("|").slice(1, 5).map((cell) => cell.trim().replaceAll("`", "")));
  const metrics = runMetrics(parseRecord(RECORD!)).map((metric) => [
    prometheusName(metric),
    metric.name,
    metric.kind,
    Object.keys(metric.labels).join(", "),
  ]);
  assertEquals(shown, metrics);
});

e2e("the page in docs/metrics.md is what a real Pushgateway serves", async (stage) => {
  await using gateway = await Gateway.start(stage);
  const script = "echo NotFound: 404; exec sleep 60";
  await stage.run(["--interval=0", "--pushgateway", gateway.url, "sh", "-c", script]);
  const lines = (await gateway.metrics()).split("\n").filter((line) =>
    /^(# \w+ )?bailout_/.test(line)
  );
  const plain = (text: string) =>
    text.trim().replace(/instance="[^"]*"/g, "").replace(/(_seconds\{.*\}) .*$/gm, "$1 N");
  const [shown] = blocksOf("metrics.md", page("metrics.md"))
    .filter(({ language }) => language === "prometheus");
  assertEquals(plain(shown!.text), plain(lines.join("\n")));
}, { skip: NO_PROMETHEUS });
