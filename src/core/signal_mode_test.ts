import { assertEquals } from "@std/assert";
import { placement, type SignalMode } from "./signal_mode.ts";

const CASES: [SignalMode | undefined, interactive: boolean, ReturnType<typeof placement>][] = [
  [undefined, false, { signalMode: "group", ownSession: true }],
  [undefined, true, { signalMode: "child", ownSession: false }],
  ["group", false, { signalMode: "group", ownSession: true }],
  ["group", true, { signalMode: "group", ownSession: true }],
  ["child", false, { signalMode: "child", ownSession: true }],
  ["child", true, { signalMode: "child", ownSession: false }],
];
for (const [mode, interactive, expected] of CASES) {
  const stdin = interactive ? "a terminal" : "no terminal";
  Deno.test(`placement(): ${mode ?? "no mode given"}, stdin is ${stdin}`, () => {
    assertEquals(placement(mode, interactive), expected);
  });
}
