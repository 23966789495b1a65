import { BINARY, e2e } from "../helpers/bailout.ts";
import {
  caseName,
  runSignalCase,
  SIGNAL_CASES,
  SIGNALS,
  type Supervisor,
} from "../helpers/signal_cases.ts";
import { PATIENCE_MS } from "../helpers/wait_for.ts";

const bailout: Supervisor = {
  name: "bailout",
  supervising: (command) => [BINARY, "--grace", "300s", "--", ...command],
  patienceMs: PATIENCE_MS,
  killsWhenAskedTwice: true,
};

for (const signal of SIGNALS) {
  e2e(`${signal} at every moment, to every tree`, async (stage, context) => {
    for (const one of SIGNAL_CASES.filter((each) => each.signal === signal)) {
      await context.step(caseName(one), () => runSignalCase(stage, bailout, one));
    }
  });
}
