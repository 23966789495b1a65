import type { Bench } from "./lib/bench.ts";
import { treeCpu } from "./lib/procfs.ts";
import { atMost, type Row } from "./lib/row.ts";
import { sleep } from "./lib/sleep.ts";

/** So long after the start nobody is still starting, ms. */
const SETTLE_MS = 3000;

/** (d) The CPU time of a minute in which the supervised program does nothing; all run at once. */
export async function idle(bench: Bench): Promise<Row[]> {
  const { workspace, wrapper, settings } = bench;
  const tini = bench.program("tini");
  const lifetime = String(settings.BENCH_IDLE_SECONDS + 60);
  const agent = { LOG_FILE: workspace.memoryFile("idle.log"), AGENT_CMD: `sleep ${lifetime}` };
  const trees = new Map([
    ["bailout", workspace.start(bench.bailout, ["--", "sleep", lifetime])],
    ...(wrapper === undefined
      ? []
      : [["bash wrapper", workspace.start("bash", [wrapper], { env: agent })] as const]),
    ...(tini === undefined
      ? []
      : [["tini", workspace.start(tini, ["--", "sleep", lifetime])] as const]),
  ]);
  const cpu = () => new Map([...trees].map(([name, { pid }]) => [name, treeCpu(pid)]));

  await sleep(SETTLE_MS);
  const before = cpu();
  await sleep(settings.BENCH_IDLE_SECONDS * 1000);
  const after = cpu();
  for (const child of trees.values()) child.kill("SIGTERM");
  await Promise.all([...trees.values()].map((child) => child.status));
  workspace.killAll();

  const perMinute = 60_000 / settings.BENCH_IDLE_SECONDS;
  const figure = (name: string) => (after.get(name)! - before.get(name)!) * perMinute;
  return [...trees.keys()].filter((name) => name !== "bailout").map((name) => ({
    what: "(d) CPU time while idle",
    unit: "ms/min",
    figure: figure("bailout"),
    peer: { name, figure: figure(name) },
    target: name === "tini" ? undefined : atMost(0.5, "ratio"),
  }));
}
