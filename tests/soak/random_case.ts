import type { ForwardedSignal } from "../../src/core/signals.ts";
import { Dice } from "../fuzz/dice.ts";
import { ANALYSIS_RULES, type AnalysisRule } from "../helpers/analysis_examples.ts";
import { Script } from "./script.ts";
import type { Ending, Reader, SoakCase, TimedSignal } from "./soak_case.ts";

/** Signals that end nothing; TSTP is followed by CONT. */
const PESTERING: readonly ForwardedSignal[] = [
  "SIGUSR1",
  "SIGUSR2",
  "SIGWINCH",
  "SIGCONT",
  "SIGTSTP",
];
const STOPPING = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;
const CRASHES = { SEGV: 139, ABRT: 134, KILL: 137, BUS: 135, FPE: 136 } as const;
const KILLED = 137;
/** The harness says where. */
const LOG_OPTION = "--log-file=LOG";
/** A grace that nothing in a test waits for. */
const LONG_GRACE = "--grace=60s";

type Draft = Partial<SoakCase> & { script: Script; endings: readonly Ending[] };

/** The case of a seed: what the agent does, what happens to it, and how it has to end. */
export function randomCase(seed: number): SoakCase {
  const dice = new Dice(seed);
  const [kind, make] = dice.pick(Object.entries(KINDS));
  const options = randomOptions(dice);
  const { script, ...draft } = make(dice, options);
  return {
    seed,
    kind,
    whole: true,
    signals: dice.chance(0.4) ? pestering(dice) : [],
    reader: { how: "fast" },
    chunk: script.chunk,
    steps: script.steps,
    ...draft,
    options: [...options, ...draft.options ?? []],
    out: script.bytes("out"),
    err: script.bytes("err"),
  };
}

/** Each takes the options that all cases share, for the exit codes that they change. */
const KINDS: Record<string, (dice: Dice, options: readonly string[]) => Draft> = {
  "exits by itself": (dice) => {
    const code = dice.pick([0, 0, 1, 2, dice.int(3, 255)]);
    const script = new Script(dice).busy().step(`exit:${code}`);
    return { script, reader: patientReader(dice), endings: [clean(code)] };
  },
  "crashes": (dice) => {
    const [signal, code] = dice.pick(Object.entries(CRASHES));
    const script = new Script(dice).busy().step(`die:${signal}`);
    return { script, reader: patientReader(dice), endings: [clean(code)] };
  },
  "loses its reader": (dice) => {
    const code = dice.int(0, 255);
    const script = new Script(dice).busy().step(`exit:${code}`);
    const reader: Reader = { how: "gone", afterBytes: dice.int(0, script.bytes("out").length) };
    return { script, reader, endings: [clean(code)] };
  },
  "meets an error and polls on": (dice, options) => {
    const rule = dice.pick(ANALYSIS_RULES);
    const script = new Script(dice).busy().manners().fatal(rule);
    if (dice.chance(0.5)) script.flood();
    return { script: script.step("hang"), whole: false, endings: [finding(rule, options)] };
  },
  "meets an error and exits": (dice, options) => {
    const rule = dice.pick(ANALYSIS_RULES);
    const script = new Script(dice).busy().fatal(rule).step(`exit:${dice.int(0, 255)}`);
    return { script, endings: [finding(rule, options)] };
  },
  "meets an error in a dry run": (dice) => {
    // One that meets no other rule: a dry run goes on, and would report that too.
    const rule = dice.pick(ANALYSIS_RULES.filter(({ id }) => id !== "machine-type"));
    const code = dice.int(0, 255);
    const script = new Script(dice).busy().fatal(rule).busy().step(`exit:${code}`);
    return { script, options: ["--dry-run"], endings: [{ code, headline: rule.title }] };
  },
  "is told to stop": (dice) => {
    const [signal, death] = dice.pick(Object.entries(STOPPING) as [ForwardedSignal, number][]);
    const script = new Script(dice);
    const [manners, code] = dice.pick([["", death], ["trap:77", 77], ["ignore", KILLED]] as const);
    if (manners !== "") script.first(manners);
    script.busy().flood().step("hang");
    const signals = [...dice.chance(0.4) ? pestering(dice) : [], { afterMs: soon(dice), signal }];
    return { script, whole: false, signals, endings: [clean(code)] };
  },
  "is told to stop twice": (dice) => {
    const script = new Script(dice).first("ignore").busy().flood().step("hang");
    const [first, second] = [soon(dice), soon(dice)];
    // Not the same one twice: the kernel makes one of two that wait. A hang-up doesn't insist.
    const signals: TimedSignal[] = [
      { afterMs: first, signal: dice.pick(["SIGTERM", "SIGQUIT"]) },
      { afterMs: first + second, signal: "SIGINT" },
    ];
    return { script, whole: false, signals, options: [LONG_GRACE], endings: [clean(KILLED)] };
  },
  "meets an error while it is told to stop": (dice, options) => {
    const rule = dice.pick(ANALYSIS_RULES);
    const script = new Script(dice).first("trap:78").pause().fatal(rule).step("hang");
    const signals: TimedSignal[] = [{ afterMs: soon(dice), signal: "SIGTERM" }];
    return { script, whole: false, signals, endings: [clean(78), finding(rule, options)] };
  },
  "isn't there": (dice) => {
    return { script: new Script(dice), steps: [], signals: [], endings: [clean(127)] };
  },
};

function clean(code: number): Ending {
  return { code, headline: undefined };
}

function finding(rule: AnalysisRule, options: readonly string[]): Ending {
  const byCategory = options.includes("--exit-codes=category");
  return { code: byCategory ? rule.code : 1, headline: rule.title };
}

function randomOptions(dice: Dice): string[] {
  const interval = `--interval=${dice.pick(["0", "20ms", "200ms", "1s"])}`;
  const grace = `--grace=${dice.pick(["150ms", "500ms"])}`;
  const optional = ["--exit-codes=category", "--quiet", LOG_OPTION];
  return [interval, grace, "--log-max-size=1GiB", ...dice.some(optional, 0.5)];
}

function patientReader(dice: Dice): Reader {
  return dice.chance(0.3) ? { how: "slow", pauseMs: dice.int(1, 15) } : { how: "fast" };
}

function pestering(dice: Dice): TimedSignal[] {
  return dice.times(dice.int(1, 6), () => ({
    afterMs: soon(dice),
    signal: dice.pick(PESTERING),
  })).sort((a, b) => a.afterMs - b.afterMs);
}

/** Often within the agent's first moments, sometimes long after them, ms. */
function soon(dice: Dice): number {
  return dice.pick([0, dice.int(0, 30), dice.int(0, 400)]);
}
