// bailout --profile classic against the bash wrapper itself, on the same agents.
import { assertEquals } from "@std/assert";
import { ANALYSIS_RULES } from "../helpers/analysis_examples.ts";
import { e2e, fixture, type Stage } from "../helpers/bailout.ts";

const WRAPPER =
  new URL("../../../shared/reference/entrypoint-wrapper.sh", import.meta.url).pathname;

function missing(): string | undefined {
  try {
    Deno.statSync(WRAPPER);
    new Deno.Command("bash", { args: ["-c", ":"] }).outputSync();
    return undefined;
  } catch {
    return "the reference wrapper or bash isn't there";
  }
}

/** What a log query sees of a run. */
interface Seen {
  headline: string | undefined;
  reason: string | undefined;
  code: number;
}

function seen(output: string, code: number): Seen {
  return {
    headline: /FATAL ERROR DETECTED: (.*)/.exec(output)?.[1],
    reason: /Killing agent \(PID: \d+\) - (.*)/.exec(output)?.[1],
    code,
  };
}

async function wrapper(stage: Stage, agent: string, dir: string): Promise<Seen> {
  await Deno.copyFile(WRAPPER, `${dir}/wrapper.sh`);
  const env = { AGENT_CMD: agent, LOG_FILE: `${dir}/agent.log`, POLL_SECONDS: "0.3" };
  const run = stage.start("bash", [`${dir}/wrapper.sh`], { env });
  await run.exited();
  // It leaves the agent running, which holds its output open.
  stage.killAll();
  const { code, stdout } = await run.outcome();
  return seen(stdout, code);
}

async function bailout(stage: Stage, agent: string): Promise<Seen> {
  const args = ["--profile", "classic", "--interval", "300ms", "--", ...agent.split(" ")];
  const { code, stderr } = await stage.run(args);
  return seen(stderr, code);
}

/**
 * The wrapper looks for the context of rule 5 with one of its two words; without that word in the
 * log `set -e` ends it in mid-report, before it has said why or killed anything.
 */
function dumbstruck(log: string[]): boolean {
  return log.some((line) => line.startsWith("ResourceExhausted"));
}

const AGENTS: { name: string; log: string[]; program: string }[] = [
  ...ANALYSIS_RULES.flatMap((rule) =>
    rule.examples.map((log, i) => ({
      name: `example ${i + 1} of ${rule.id}`,
      log,
      program: fixture("prints_then_lives.sh"),
    }))
  ),
  {
    name: "a healthy agent that ends",
    log: ["all is well"],
    program: fixture("prints_then_ends.sh"),
  },
  {
    name: "a training log with steps of 500 (killed by both)",
    log: ["step 499/1000", "step 500/1000", "step 1500/2000"],
    program: fixture("prints_then_lives.sh"),
  },
  {
    name: "one 503 alone",
    log: ["ServiceUnavailable: 503"],
    program: fixture("prints_then_ends.sh"),
  },
  { name: "two FAILED lines", log: ["FAILED", "FAILED"], program: fixture("prints_then_ends.sh") },
  {
    name: "an error right before the end",
    log: ["NotFound: 404"],
    program: fixture("prints_then_ends.sh"),
  },
  {
    name: "rule 1 before rule 2 in one line",
    log: ["PermissionDenied: 403", "InvalidArgument: 400 Machine type x is not supported"],
    program: fixture("prints_then_lives.sh"),
  },
];

for (const agent of AGENTS) {
  e2e(`classic and the wrapper agree: ${agent.name}`, async (stage) => {
    const dir = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${dir}/log`, agent.log.map((line) => `${line}\n`).join(""));
      const command = `${agent.program} ${dir}/log`;
      const [ours, theirs] = [await bailout(stage, command), await wrapper(stage, command, dir)];
      if (dumbstruck(agent.log)) {
        assertEquals(theirs.reason, undefined);
        assertEquals({ ...ours, reason: undefined }, theirs);
      } else assertEquals(ours, theirs);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  }, { skip: missing(), leavesZombies: true });
}
