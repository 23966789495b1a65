import type { Category } from "./rule.ts";
import type { SpawnFailure, Verdict } from "./verdict.ts";
import { SIGNAL_NUMBERS } from "./signals.ts";

/** Bad command line, variable or rule file; nothing was started. */
export const EXIT_USAGE = 2;
/** bailout itself failed. 125 to 127 are what env(1), timeout(1) and `docker run` use. */
export const EXIT_INTERNAL = 125;
export const EXIT_NOT_EXECUTABLE = 126;
export const EXIT_NOT_FOUND = 127;
/** A rule fired, `--exit-codes uniform`. */
export const EXIT_FATAL = 1;

/** A rule fired, `--exit-codes category`. */
export const CATEGORY_EXIT_CODES: Readonly<Record<Category, number>> = {
  config: 10,
  permission: 11,
  quota: 12,
  service: 13,
  failures: 14,
  exception: 15,
  agent: 16,
  image: 17,
};

const SPAWN_FAILURE_CODES: Readonly<Record<SpawnFailure["kind"], number>> = {
  "not-found": EXIT_NOT_FOUND,
  "not-executable": EXIT_NOT_EXECUTABLE,
  "no-room": EXIT_INTERNAL,
};

export type ExitCodeMode = "uniform" | "category";

/** The whole contract of bailout's exit codes (docs/exit-codes.md), 0 to 255. */
export function exitCode(verdict: Verdict, mode: ExitCodeMode): number {
  switch (verdict.cause) {
    case "exit":
      return verdict.child.code;
    case "signal":
      // Without a status the child was still not dead after SIGKILL (uninterruptible sleep).
      return verdict.child?.code ?? 128 + SIGNAL_NUMBERS.SIGKILL;
    case "spawn-failure":
      return SPAWN_FAILURE_CODES[verdict.failure.kind];
    case "finding": {
      if (mode === "uniform") return EXIT_FATAL;
      const rule = verdict.finding.rule;
      return rule.exitCode ?? CATEGORY_EXIT_CODES[rule.category];
    }
  }
}
