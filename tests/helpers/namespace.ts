import { run } from "../../scripts/command.ts";
import { type Running, type RunOptions, type Stage } from "./bailout.ts";
import { childrenOf } from "./processes.ts";
import { waitFor } from "./wait_for.ts";

/** Why nothing can be PID 1 of a namespace here; `undefined` where it can. */
export async function whyNoNamespace(): Promise<string | undefined> {
  try {
    await run("unshare", ["--pid", "--fork", "--mount-proc", "true"]);
  } catch {
    return "no right to make a PID namespace";
  }
}

/** Starts a command as PID 1 of a namespace with a /proc of its own; dies with its starter. */
export function startAsInit(
  stage: Stage,
  command: readonly string[],
  options?: RunOptions,
): Running {
  const unshare = ["--pid", "--fork", "--mount-proc", "--kill-child"];
  return stage.start("unshare", [...unshare, ...command], options);
}

/** PID 1 as the outside numbers it. */
export function outerPid(run: Running): Promise<number> {
  return waitFor("PID 1", () => childrenOf(run.pid)[0]);
}
