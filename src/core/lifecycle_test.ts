// The run's transitions, one row each: the state before, what happens, and what is done about it.
// Whole runs, and which cause wins: lifecycle_runs_test.ts.
import { assertEquals } from "@std/assert";
import { finding } from "../testing/builders.ts";
import type { Effect } from "./effect.ts";
import { DRAIN_MS, KILL_WAIT_MS } from "./ending.ts";
import type { Event } from "./event.ts";
import { step } from "./lifecycle.ts";
import { INITIAL_STATE, type State } from "./state.ts";
import { FORWARDED_SIGNALS } from "./signals.ts";

const OPTIONS = { graceMs: 8000, stopSignal: "SIGTERM", dryRun: false } as const;
const AT = 100;
const FOUND = finding();
const STATUS = { code: 3, signal: undefined };

const RUNNING: State = { phase: "running", pid: 7 };
const STOPPING: State = {
  phase: "stopping",
  cause: { kind: "finding", finding: FOUND },
  child: undefined,
  asks: 0,
};
const ASKED: State = { ...STOPPING, cause: { kind: "signal", signal: "SIGTERM" }, asks: 1 };
const HUNG_UP: State = { ...STOPPING, cause: { kind: "signal", signal: "SIGHUP" } };
const LEFTOVERS: State = { phase: "stopping", cause: undefined, child: STATUS, asks: 0 };
const KILLING: State = { ...STOPPING, phase: "killing" };
const DRAINING: State = { ...STOPPING, phase: "draining", child: STATUS };
const OWN_EXIT: State = { phase: "draining", cause: undefined, child: STATUS, asks: 0 };
const EXITED: State = { phase: "exited", verdict: { cause: "exit", child: STATUS } };

const EXIT = { type: "child-exited", status: STATUS, treeGone: true, at: AT } as const;
const EXIT_WITH_LEFTOVERS = { ...EXIT, treeGone: false } as const;
const SIGTERM: Event = { type: "signal", signal: "SIGTERM", at: AT };
const SIGHUP: Event = { type: "signal", signal: "SIGHUP", at: AT };
const DEADLINE: Event = { type: "deadline", writing: false, at: AT };
const STALLED: Event = { type: "deadline", writing: true, at: AT };
const FINDING: Event = { type: "finding", finding: FOUND, at: AT };
const TREE_GONE: Event = { type: "tree-gone", at: AT };
const DRAINED: Event = { type: "drained", at: AT };

const STOP_TREE: Effect = { type: "stop-tree", signal: "SIGTERM" };
const WAKE: Effect = { type: "wake" };
const WATCH: Effect = { type: "watch-tree" };
const GRACE: Effect = { type: "deadline", at: AT + 8000 };
const REPORT: Effect = { type: "report", finding: FOUND };
const FORWARD: Effect = { type: "forward", signal: "SIGTERM" };
const FORWARD_HANGUP: Effect = { type: "forward", signal: "SIGHUP" };
const KILL: Effect[] = [
  { type: "kill-tree" },
  WATCH,
  { type: "deadline", at: AT + KILL_WAIT_MS },
];
const DRAIN: Effect[] = [{ type: "drain" }, { type: "deadline", at: AT + DRAIN_MS }];

const TRANSITIONS: [name: string, from: State, event: Event, to: State, effects: Effect[]][] = [
  ["a started child is announced", INITIAL_STATE, { type: "spawned", pid: 7, at: AT }, RUNNING, [
    { type: "announce-started", pid: 7 },
  ]],
  [
    "a finding stops the tree and starts the grace",
    RUNNING,
    FINDING,
    STOPPING,
    [STOP_TREE, WAKE, REPORT, GRACE],
  ],
  ["SIGTERM is passed on and starts the grace", RUNNING, SIGTERM, ASKED, [
    { type: "announce-signal", signal: "SIGTERM" },
    FORWARD,
    WAKE,
    GRACE,
  ]],
  ["a child's exit with nothing left drains", RUNNING, EXIT, OWN_EXIT, DRAIN],
  ["a child's exit that leaves processes stops them", RUNNING, EXIT_WITH_LEFTOVERS, LEFTOVERS, [
    { type: "announce-leftovers" },
    STOP_TREE,
    WAKE,
    WATCH,
    GRACE,
  ]],
  ["a deadline means nothing while running", RUNNING, DEADLINE, RUNNING, []],
  ["a gone tree means nothing while running", RUNNING, TREE_GONE, RUNNING, []],

  ["a finding while stopping for one changes nothing", STOPPING, FINDING, STOPPING, []],
  ["a finding while stopping for a signal changes nothing", ASKED, FINDING, ASKED, []],
  ["the first ask while stopping is passed on", STOPPING, SIGTERM, { ...STOPPING, asks: 1 }, [
    FORWARD,
    WAKE,
  ]],
  ["the second ask kills", ASKED, SIGTERM, { ...ASKED, phase: "killing", asks: 2 }, KILL],
  ["a second hang-up is passed on", HUNG_UP, SIGHUP, HUNG_UP, [FORWARD_HANGUP, WAKE]],
  ["a hang-up after another ask is passed on", ASKED, SIGHUP, ASKED, [FORWARD_HANGUP, WAKE]],
  ["the first ask after a hang-up is passed on", HUNG_UP, SIGTERM, { ...HUNG_UP, asks: 1 }, [
    FORWARD,
    WAKE,
  ]],
  ["the grace's end kills", STOPPING, DEADLINE, KILLING, KILL],
  ["the child's exit while stopping drains", STOPPING, EXIT, DRAINING, DRAIN],
  [
    "the child's exit while stopping stops what it leaves behind",
    STOPPING,
    EXIT_WITH_LEFTOVERS,
    { ...STOPPING, child: STATUS },
    [STOP_TREE, { type: "wake" }, WATCH],
  ],
  ["a gone tree before the child's status changes nothing", STOPPING, TREE_GONE, STOPPING, []],
  ["the leftovers' end drains", LEFTOVERS, TREE_GONE, OWN_EXIT, DRAIN],
  ["the leftovers are killed after the grace", LEFTOVERS, DEADLINE, {
    ...LEFTOVERS,
    phase: "killing",
  }, KILL],

  ["a finding while killing changes nothing", KILLING, FINDING, KILLING, []],
  ["the child's exit while killing drains", KILLING, EXIT, DRAINING, DRAIN],
  [
    "the child's exit while killing kills what it leaves behind",
    KILLING,
    EXIT_WITH_LEFTOVERS,
    { ...KILLING, child: STATUS },
    [{ type: "kill-tree" }, { type: "wake" }, WATCH],
  ],
  ["an unkillable child is given up", KILLING, DEADLINE, { ...KILLING, phase: "draining" }, DRAIN],
  ["a drained pipe means nothing before the drain", KILLING, DRAINED, KILLING, []],

  ["the end of the drain ends the run", OWN_EXIT, DRAINED, EXITED, []],
  ["pipes still open at the deadline are given up", OWN_EXIT, DEADLINE, OWN_EXIT, [
    { type: "abandon-drain" },
  ]],
  ["a slow reader gets every byte after the child's own exit", OWN_EXIT, STALLED, OWN_EXIT, [
    { type: "deadline", at: AT + DRAIN_MS },
  ]],
  ["a slow reader can't hold a bail-out up", DRAINING, STALLED, DRAINING, [
    { type: "abandon-drain" },
  ]],
  [
    "an ask while draining makes the drain hurry",
    OWN_EXIT,
    SIGTERM,
    { ...OWN_EXIT, asks: 1 },
    [],
  ],
  ["a slow reader can't hold up who was asked to stop", { ...OWN_EXIT, asks: 1 }, STALLED, {
    ...OWN_EXIT,
    asks: 1,
  }, [{ type: "abandon-drain" }]],
  [
    "a signal that asks for nothing doesn't make the drain hurry",
    OWN_EXIT,
    { type: "signal", signal: "SIGWINCH", at: AT },
    OWN_EXIT,
    [],
  ],
  ["a late status of an unkillable child still counts", { ...DRAINING, child: undefined }, EXIT, {
    ...DRAINING,
    child: STATUS,
  }, []],
  [
    "the child's status never changes",
    DRAINING,
    { ...EXIT, status: { code: 9, signal: undefined } },
    DRAINING,
    [],
  ],
  ["a gone tree means nothing while draining", OWN_EXIT, TREE_GONE, OWN_EXIT, []],
  ["a finding while draining for another changes nothing", DRAINING, FINDING, DRAINING, []],
  ["a finding in the last evaluation counts after the child's own exit", OWN_EXIT, FINDING, {
    ...OWN_EXIT,
    cause: { kind: "finding", finding: FOUND },
  }, [REPORT]],
  ["a finding while leftovers are stopped counts too", LEFTOVERS, FINDING, {
    ...LEFTOVERS,
    cause: { kind: "finding", finding: FOUND },
  }, [REPORT]],
];

for (const [name, from, event, to, effects] of TRANSITIONS) {
  Deno.test(`step() ${from.phase}: ${name}`, () => {
    assertEquals(step(from, event, OPTIONS), { state: to, effects });
  });
}

Deno.test("step() exited: nothing happens any more", () => {
  const events = [FINDING, SIGTERM, EXIT, TREE_GONE, DRAINED, DEADLINE];
  for (const event of events) {
    assertEquals(step(EXITED, event, OPTIONS), { state: EXITED, effects: [] });
  }
});

Deno.test("step() starting: a command that can't be started ends the run", () => {
  const failure = { kind: "not-found", detail: "not found" } as const;
  const { state, effects } = step(
    INITIAL_STATE,
    { type: "spawn-failed", failure, at: AT },
    OPTIONS,
  );
  assertEquals(state, { phase: "exited", verdict: { cause: "spawn-failure", failure } });
  assertEquals(effects, []);
});

for (const from of [RUNNING, STOPPING, KILLING]) {
  Deno.test(`step() ${from.phase}: signals that don't ask for an end are passed on`, () => {
    for (const signal of ["SIGUSR1", "SIGUSR2", "SIGWINCH", "SIGCONT"] as const) {
      const effects = [{ type: "forward", signal } as const];
      assertEquals(step(from, { type: "signal", signal, at: AT }, OPTIONS), {
        state: from,
        effects,
      });
    }
    assertEquals(step(from, { type: "signal", signal: "SIGTSTP", at: AT }, OPTIONS), {
      state: from,
      effects: [{ type: "suspend" }],
    });
  });
}

Deno.test("step() running: each signal that asks for an end starts the grace", () => {
  for (const signal of FORWARDED_SIGNALS.slice(0, 4)) {
    const { state, effects } = step(RUNNING, { type: "signal", signal, at: AT }, OPTIONS);
    const asks = signal === "SIGHUP" ? 0 : 1;
    assertEquals(state, { ...ASKED, cause: { kind: "signal", signal }, asks } as State);
    assertEquals(effects, [
      { type: "announce-signal", signal },
      { type: "forward", signal },
      WAKE,
      GRACE,
    ]);
  }
});
