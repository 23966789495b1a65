import type { Bench } from "./lib/bench.ts";
import { isFile } from "./lib/is_file.ts";
import { generateReadLines } from "./lib/log_data.ts";
import { bytesRead, type Memory, readMemory } from "./lib/procfs.ts";
import { atMost, type Row } from "./lib/row.ts";
import { sleep } from "./lib/sleep.ts";

/** How often memory is looked at for its peak, ms. */
const SAMPLE_MS = 20;
/** So long after the last byte memory is read, ms. */
const SETTLE_MS = 1000;
const IDLE_MS = 5000;
const IDLE_LIMIT_MB = 25;
const BUSY_LIMIT_MB = 45;
/** What `flat` allows between 600 MB and 10 GB. */
const FLAT_RATIO = 1.1;

interface Case {
  readonly what: string;
  /** For sh. */
  readonly producer: string;
  readonly limit: number;
}

interface Reading {
  readonly what: string;
  readonly limit: number;
  readonly after: Memory;
  /** The highest RssAnon that was seen, MB. */
  readonly peak: number;
}

/** (f) The memory that bailout itself needs, idle and after what could make it grow. */
export async function memory(bench: Bench): Promise<Row[]> {
  const { BENCH_MB, BENCH_YES_GB, BENCH_LINE_MB, BENCH_READ_MB } = bench.settings;
  const [yes, line] = [Math.round(BENCH_YES_GB * 1e9), Math.round(BENCH_LINE_MB * 1e6)];
  const log = await bench.log();
  const lines = generateReadLines();
  const readLines = bench.workspace.memoryFile("read.log");
  await Deno.writeFile(readLines, lines);
  const rounds = Math.ceil(BENCH_READ_MB * 1e6 / lines.length);
  const yesOf = (bytes: number, what: string): Case => ({
    what: `after ${what} of yes`,
    producer: `yes | head -c ${bytes}`,
    limit: BUSY_LIMIT_MB,
  });
  const short = yesOf(Math.round(BENCH_MB * 1e6), `${BENCH_MB} MB`);
  const long = yesOf(yes, `${BENCH_YES_GB} GB`);
  const cases: Case[] = [
    { what: "idle", producer: `sleep ${IDLE_MS / 1000}`, limit: IDLE_LIMIT_MB },
    { what: `after ${BENCH_MB} MB of log`, producer: `cat '${log}'`, limit: BUSY_LIMIT_MB },
    short,
    long,
    {
      what: `after one line of ${BENCH_LINE_MB} MB`,
      producer: `head -c ${line} /dev/zero | tr '\\0' x; echo`,
      limit: BUSY_LIMIT_MB,
    },
    {
      what: `after ${BENCH_READ_MB} MB of lines that are all read`,
      producer: `for i in $(seq ${rounds}); do cat '${readLines}'; done`,
      limit: BUSY_LIMIT_MB,
    },
  ];
  const readings = new Map<Case, Reading>();
  for (const each of cases) readings.set(each, await read(bench, each));
  return [
    ...[...readings.values()].flatMap(rowsOf),
    flatness(readings.get(short)!, readings.get(long)!),
  ];
}

async function read(bench: Bench, { what, producer, limit }: Case): Promise<Reading> {
  const { workspace, settings } = bench;
  const done = workspace.file("done");
  const script = `${producer}; : >"$1"; exec sleep 1000`;
  // bash becomes bailout, so that the pid is known, and its output has a reader.
  const child = workspace.start("bash", [
    ...["-c", 'exec "$@" > >(exec cat >/dev/null)', "bench"],
    ...[bench.bailout, "--", "sh", "-c", script, "sh", done],
  ]);
  const ready = () => isFile(done);
  const during = await peakUntil(ready, settings.BENCH_MEMORY_SECONDS * 1000, child.pid);
  const cutOff = !ready();
  const settling = cutOff ? 0 : await peakUntil(() => false, SETTLE_MS, child.pid);
  const after = readMemory(child.pid);
  const gigabytes = (bytesRead(child.pid) / 1e9).toFixed(1);
  child.kill("SIGTERM");
  await child.status;
  if (after === undefined) throw new Error(`bailout ended early: ${what}`);
  if (!cutOff) await Deno.remove(done);
  return {
    what: cutOff ? `${what}, cut off at ${gigabytes} GB` : what,
    limit,
    after,
    peak: Math.max(during, settling, after.rssAnon),
  };
}

/** The highest RssAnon until `ended`, or for `ms`. */
async function peakUntil(ended: () => boolean, ms: number, pid: number): Promise<number> {
  let peak = 0;
  for (const until = performance.now() + ms; performance.now() < until && !ended();) {
    peak = Math.max(peak, readMemory(pid)?.rssAnon ?? 0);
    await sleep(SAMPLE_MS);
  }
  return peak;
}

function rowsOf({ what, limit, after, peak }: Reading): Row[] {
  return [
    {
      what: `(f) RssAnon ${what}`,
      unit: "MB",
      figure: after.rssAnon,
      peer: { name: "its peak", figure: peak },
      target: atMost(limit),
    },
    {
      what: `(f) VmRSS ${what}`,
      unit: "MB",
      figure: after.vmRss,
      peer: { name: "its peak", figure: after.vmHwm },
    },
  ];
}

function flatness(short: Reading, long: Reading): Row {
  return {
    what: `(f) flat: RssAnon ${long.what}`,
    unit: "MB",
    figure: long.after.rssAnon,
    peer: { name: short.what, figure: short.after.rssAnon },
    target: atMost(FLAT_RATIO, "ratio"),
  };
}
