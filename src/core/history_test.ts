import { assertEquals } from "@std/assert";
import { finding } from "../testing/builders.ts";
import { EMPTY_HISTORY, noteEffects } from "./history.ts";

Deno.test("noteEffects() keeps when a finding was reported and each stop signal sent", () => {
  const reported = noteEffects(EMPTY_HISTORY, [
    { type: "report", finding: finding() },
    { type: "stop-tree", signal: "SIGINT" },
    { type: "wake" },
    { type: "deadline", at: 99 },
  ], 10);
  const killed = noteEffects(reported, [{ type: "kill-tree" }, { type: "watch-tree" }], 20);
  assertEquals(killed, {
    detectedAt: 10,
    stops: [{ signal: "SIGINT", at: 10 }, { signal: "SIGKILL", at: 20 }],
  });
});

Deno.test("noteEffects() keeps the first of several stops with one signal", () => {
  const once = noteEffects(EMPTY_HISTORY, [{ type: "kill-tree" }], 10);
  assertEquals(noteEffects(once, [{ type: "kill-tree" }], 20), once);
});

Deno.test("noteEffects() counts a forwarded signal as a stop only if it is one", () => {
  const effects = [{ type: "forward", signal: "SIGUSR1" }, {
    type: "forward",
    signal: "SIGTERM",
  }] as const;
  assertEquals(noteEffects(EMPTY_HISTORY, effects, 5).stops, [{ signal: "SIGTERM", at: 5 }]);
});
