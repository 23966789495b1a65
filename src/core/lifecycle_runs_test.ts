// Whole runs through lifecycle.ts; the single transitions: lifecycle_test.ts.
import { assertEquals } from "@std/assert";
import { finding, rule } from "../testing/builders.ts";
import type { Effect } from "./effect.ts";
import type { Event } from "./event.ts";
import { step } from "./lifecycle.ts";
import { INITIAL_STATE, type State } from "./state.ts";
import type { Verdict } from "./verdict.ts";
import type { LifecycleOptions } from "./step.ts";

const OPTIONS: LifecycleOptions = { graceMs: 8000, stopSignal: "SIGTERM", dryRun: false };
const STATUS = { code: 143, signal: "SIGTERM" };
const FIRST = finding(["first"], { rule: rule({ id: "first" }) });
const SECOND = finding(["second"], { rule: rule({ id: "second" }) });

type Happening = Event extends infer E ? E extends unknown ? Omit<E, "at"> : never : never;

const SPAWNED: Happening = { type: "spawned", pid: 7 };
const TERM: Happening = { type: "signal", signal: "SIGTERM" };
const INT: Happening = { type: "signal", signal: "SIGINT" };
const EXIT: Happening = { type: "child-exited", status: STATUS, treeGone: true };
const LEFT: Happening = { type: "child-exited", status: STATUS, treeGone: false };
const GONE: Happening = { type: "tree-gone" };
const DEADLINE: Happening = { type: "deadline", writing: false };
const DRAINED: Happening = { type: "drained" };
const found = (finding: typeof FIRST): Happening => ({ type: "finding", finding });

/** Runs these events 10 ms apart. */
function run(
  happenings: readonly Happening[],
  options = OPTIONS,
): { state: State; effects: Effect[] } {
  let state = INITIAL_STATE;
  const effects: Effect[] = [];
  happenings.forEach((happening, index) => {
    const next = step(state, { ...happening, at: index * 10 } as Event, options);
    state = next.state;
    effects.push(...next.effects);
  });
  return { state, effects };
}

function verdict(happenings: readonly Happening[], options = OPTIONS): Verdict | undefined {
  const { state } = run(happenings, options);
  return state.phase === "exited" ? state.verdict : undefined;
}

const BY_FIRST: Verdict = { cause: "finding", finding: FIRST, child: STATUS };
const BY_EXIT: Verdict = { cause: "exit", child: STATUS };
const BY_TERM: Verdict = { cause: "signal", signal: "SIGTERM", child: STATUS };

const RUNS: [name: string, happenings: Happening[], verdict: Verdict][] = [
  ["the child's own exit", [SPAWNED, EXIT, DRAINED], BY_EXIT],
  ["a finding", [SPAWNED, found(FIRST), EXIT, DRAINED], BY_FIRST],
  ["a signal", [SPAWNED, TERM, EXIT, DRAINED], BY_TERM],
  ["the first of two findings", [SPAWNED, found(FIRST), found(SECOND), EXIT, DRAINED], BY_FIRST],
  ["the first of two signals", [SPAWNED, TERM, INT, EXIT, DRAINED], BY_TERM],
  ["a finding before a signal", [SPAWNED, found(FIRST), TERM, EXIT, DRAINED], BY_FIRST],
  ["a signal before a finding", [SPAWNED, TERM, found(FIRST), EXIT, DRAINED], BY_TERM],
  [
    "a signal, a finding in the last evaluation",
    [SPAWNED, TERM, EXIT, found(FIRST), DRAINED],
    BY_TERM,
  ],
  [
    "an exit, then a finding in the last evaluation",
    [SPAWNED, EXIT, found(FIRST), DRAINED],
    BY_FIRST,
  ],
  [
    "an exit, then the first of two findings",
    [SPAWNED, EXIT, found(FIRST), found(SECOND), DRAINED],
    BY_FIRST,
  ],
  ["an exit, then a signal", [SPAWNED, EXIT, TERM, DRAINED], BY_EXIT],
  ["an exit with leftovers", [SPAWNED, LEFT, GONE, DRAINED], BY_EXIT],
  ["leftovers that had to be killed", [SPAWNED, LEFT, DEADLINE, GONE, DRAINED], BY_EXIT],
  ["a signal while leftovers are stopped", [SPAWNED, LEFT, TERM, GONE, DRAINED], BY_EXIT],
  ["a kill after the grace", [SPAWNED, found(FIRST), DEADLINE, EXIT, DRAINED], BY_FIRST],
  ["pipes that had to be given up", [SPAWNED, EXIT, DEADLINE, DRAINED], BY_EXIT],
];
for (const [name, happenings, expected] of RUNS) {
  Deno.test(`the verdict names ${name}`, () => assertEquals(verdict(happenings), expected));
}

Deno.test("an unkillable child ends the run without a status", () => {
  const unkillable = [SPAWNED, TERM, DEADLINE, DEADLINE, DEADLINE, DRAINED];
  assertEquals(verdict(unkillable), { cause: "signal", signal: "SIGTERM", child: undefined });
});

Deno.test("a second ask kills at once, a third changes nothing but kills again", () => {
  const kills = ({ effects }: { effects: Effect[] }) =>
    effects.filter((effect) => effect.type === "kill-tree").length;
  assertEquals(kills(run([SPAWNED, TERM])), 0);
  assertEquals(kills(run([SPAWNED, TERM, INT])), 1);
  assertEquals(kills(run([SPAWNED, TERM, INT, TERM])), 2);
});

Deno.test("further asks can't put off the moment when an unkillable child is given up", () => {
  const { effects } = run([SPAWNED, TERM, TERM, TERM, TERM, TERM]);
  const deadlines = effects.filter((effect) => effect.type === "deadline").map(({ at }) => at);
  assertEquals(deadlines.at(-1), 20 + 2000);
});

Deno.test("each finding is reported once, the ignored ones never", () => {
  const { effects } = run([SPAWNED, found(FIRST), found(SECOND), EXIT, found(SECOND), DRAINED]);
  const reports = effects.filter((effect) => effect.type === "report");
  assertEquals(reports, [{ type: "report", finding: FIRST }]);
});

Deno.test("the stop signal is the one that was chosen", () => {
  const { effects } = run([SPAWNED, found(FIRST)], { ...OPTIONS, stopSignal: "SIGINT" });
  const stops = effects.filter(({ type }) => type === "stop-tree");
  assertEquals(stops, [{ type: "stop-tree", signal: "SIGINT" }]);
});

Deno.test("a grace of 0 kills at the next deadline", () => {
  const { effects } = run([SPAWNED, found(FIRST)], { ...OPTIONS, graceMs: 0 });
  assertEquals(effects.at(-1), { type: "deadline", at: 10 });
});

Deno.test("a dry run reports findings, stops nothing, and ends as the child does", () => {
  const dry = { ...OPTIONS, dryRun: true };
  const happenings = [SPAWNED, found(FIRST), found(SECOND), EXIT, found(SECOND), DRAINED];
  assertEquals(verdict(happenings, dry), BY_EXIT);
  assertEquals(run(happenings.slice(0, 3), dry), {
    state: { phase: "running", pid: 7 },
    effects: [
      { type: "announce-started", pid: 7 },
      { type: "report", finding: FIRST },
      { type: "report", finding: SECOND },
    ],
  });
});

Deno.test("a dry run doesn't report what arrives after a stop signal: a real run wouldn't", () => {
  const { effects } = run([SPAWNED, TERM, found(FIRST)], { ...OPTIONS, dryRun: true });
  assertEquals(effects.filter((effect) => effect.type === "report"), []);
});

Deno.test("a rule that only warns is mentioned and ends nothing, one that observes isn't", () => {
  const warning = finding(["w"], { rule: rule({ id: "w", action: "warn" }) });
  const observed = finding(["o"], { rule: rule({ id: "o", action: "observe" }) });
  const { effects } = run([SPAWNED, found(warning), found(observed), EXIT, DRAINED]);
  const mentions = effects.filter(({ type }) => type === "warn" || type === "report");
  assertEquals(mentions, [{ type: "warn", finding: warning }]);
  assertEquals(verdict([SPAWNED, found(warning), EXIT, DRAINED])?.cause, "exit");
});
