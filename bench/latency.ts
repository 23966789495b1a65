import { AgentTimer, type Plan, type Sample } from "./lib/agent.ts";
import type { Bench } from "./lib/bench.ts";
import { atMost, type Row, type Target } from "./lib/row.ts";
import { sleep } from "./lib/sleep.ts";
import { evenShare, percentile } from "./lib/statistics.ts";

const INTERVAL_SECONDS = 5;
/** The fatal line comes at any time between two ticks, but not so near to one that either may be it. */
const MARGIN_SECONDS = 0.1;
/** So far apart begin agents that mostly wait, ms: hardly any two are busy at the same time. */
const STAGGER_MS = { bailout: 250, wrapper: 100 };
/** Of the samples, this share is taken where each one keeps the machine busy for seconds. */
const SLOW_SHARE = 1 / 25;

/** (c) From the write of a fatal line to the arrival of SIGTERM in the program that wrote it. */
export async function latency(bench: Bench): Promise<Row[]> {
  if (bench.program("perl") === undefined) return [];
  const { BENCH_SAMPLES: samples } = bench.settings;
  const timer = new AgentTimer(bench);
  const { wrapper } = bench;
  const atOnce = (flood: boolean) =>
    inGroups(samples, 1, (i) => timer.underBailout("0", planSoon(i, flood)));
  const atTicks = (i: number, flood: boolean) => timer.underBailout("5s", planInInterval(i, flood));
  const polled = (i: number, flood: boolean) =>
    timer.underWrapper(wrapper!, planInInterval(i, flood));

  const quiet = await atOnce(false);
  const flooded = await atOnce(true);
  const ticks = await staggered(samples, STAGGER_MS.bailout, (i) => atTicks(i, false));
  const polls = wrapper === undefined
    ? []
    : await staggered(samples, STAGGER_MS.wrapper, (i) => polled(i, false));
  const few = Math.ceil(samples * SLOW_SHARE);
  const ticksFlooded = await inGroups(few, 2, (i) => atTicks(i, true));
  const pollsFlooded = wrapper === undefined
    ? []
    : await inGroups(Math.ceil(few / 2), 2, (i) => polled(i, true));

  const [afterTick, afterTickFlooded] = [ticks, ticksFlooded].map((list) => list.map(sinceTick));
  return [
    ...rows("`--interval 0`", delays(quiet), delays(polls), [p50(5), p99(25), max()]),
    ...rows("`--interval 0`, flood", delays(flooded), delays(pollsFlooded), [
      p50(),
      p99(100),
      max(),
    ]),
    ...rows("`--interval 5s`", delays(ticks), delays(polls), [p50(), p99(), max()]),
    ...rows("`--interval 5s`, flood", delays(ticksFlooded), delays(pollsFlooded), [p50(), max()]),
    ...rows("`5s`, after the tick", afterTick!, [], [p50(), max(50)]),
    ...rows("`5s`, after the tick, flood", afterTickFlooded!, [], [p50(), max(50)]),
  ];
}

/** A flood runs long enough before the line that bailout is in its stride. */
function planSoon(i: number, flood: boolean): Plan {
  return { flood, delay: (flood ? 0.2 : 0.05) + 0.1 * evenShare(i) };
}

function planInInterval(i: number, flood: boolean): Plan {
  const room = INTERVAL_SECONDS - 2 * MARGIN_SECONDS;
  return { flood, delay: MARGIN_SECONDS + room * evenShare(i) };
}

/** Ms from the fatal line to its notice. */
function delays(samples: readonly Sample[]): number[] {
  return samples.map(({ wrote, noticed }) => (noticed - wrote) * 1000);
}

/**
 * Ms from the first tick after the fatal line. The grid of ticks begins when bailout has started the
 * agent, and is taken to begin at the agent's fork, up to 10 ms earlier: that is counted as lateness.
 */
function sinceTick({ began, wrote, noticed }: Sample): number {
  const ticks = Math.ceil((wrote - began) / INTERVAL_SECONDS);
  return (noticed - (began + ticks * INTERVAL_SECONDS)) * 1000;
}

interface Statistic {
  readonly name: string;
  readonly percent: number;
  readonly target: Target | undefined;
}

const statistic = (name: string, percent: number) => (limit?: number): Statistic => ({
  name,
  percent,
  target: limit === undefined ? undefined : atMost(limit),
});
const [p50, p99, max] = [statistic("p50", 50), statistic("p99", 99), statistic("max", 100)];

function rows(what: string, own: number[], peers: number[], statistics: Statistic[]): Row[] {
  return statistics.map(({ name, percent, target }) => ({
    what: `(c) ${what}, ${name} of ${own.length}`,
    unit: "ms",
    figure: percentile(own, percent),
    peer: peers.length === 0
      ? undefined
      : { name: "bash wrapper", figure: percentile(peers, percent) },
    target,
  }));
}

/** `count` samples, `size` at a time. */
async function inGroups<T>(
  count: number,
  size: number,
  take: (i: number) => Promise<T>,
): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) {
    const length = Math.min(size, count - taken.length);
    const group = Array.from({ length }, (_, index) => take(taken.length + index));
    taken.push(...await Promise.all(group));
  }
  return taken;
}

/** `count` samples that begin every `everyMs` and don't wait for one another. */
async function staggered<T>(
  count: number,
  everyMs: number,
  take: (i: number) => Promise<T>,
): Promise<T[]> {
  const under: Promise<T>[] = [];
  for (let i = 0; i < count; i++) {
    under.push(take(i));
    await sleep(everyMs);
  }
  return await Promise.all(under);
}
