import { BINARY } from "../helpers/bailout.ts";
import { type Supervisor } from "../helpers/signal_cases.ts";
import { run } from "../../scripts/command.ts";

/** How long a peer may take to do what is expected of it, ms. */
const PATIENCE_MS = 3000;

/** bailout and the two inits that images use, each as its page says to use it for a whole tree. */
export const SUPERVISORS: readonly Supervisor[] = [
  {
    name: "bailout",
    supervising: (command) => [BINARY, "--quiet", "--grace", "2s", "--", ...command],
    patienceMs: PATIENCE_MS,
    killsWhenAskedTwice: true,
  },
  {
    name: "tini -s -g",
    supervising: (command) => ["tini", "-s", "-g", "--", ...command],
    patienceMs: PATIENCE_MS,
    killsWhenAskedTwice: false,
  },
  {
    name: "dumb-init",
    supervising: (command) => ["dumb-init", "--", ...command],
    patienceMs: PATIENCE_MS,
    killsWhenAskedTwice: false,
  },
];

/** The first line of what each says of itself. */
export async function versions(): Promise<string[]> {
  const texts = [
    await run(BINARY, ["--version"]),
    await run("tini", ["--version"]),
    // dumb-init tells it to stderr.
    await run("sh", ["-c", "dumb-init --version 2>&1"]),
  ];
  return texts.map((text) => text.trim().split("\n")[0]!.replace(" version", ""));
}
