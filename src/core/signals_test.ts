import { assertEquals } from "@std/assert";
import { FORWARDED_SIGNALS, isStopping, parseSignal, SIGNAL_NUMBERS } from "./signals.ts";

const READ: [text: string, signal: string | undefined][] = [
  ["SIGTERM", "SIGTERM"],
  ["TERM", "SIGTERM"],
  ["term", "SIGTERM"],
  ["SigInt", "SIGINT"],
  ["15", "SIGTERM"],
  ["9", "SIGKILL"],
  ["28", "SIGWINCH"],
  ["", undefined],
  ["SIG", undefined],
  ["SIGNAL", undefined],
  ["0", undefined],
  ["015", undefined],
  ["SIG15", undefined],
  ["-15", undefined],
  ["SIGSIGTERM", undefined],
  [" TERM", undefined],
  ["64", undefined],
  ["toString", undefined],
];
for (const [text, signal] of READ) {
  Deno.test(`parseSignal() reads ${JSON.stringify(text)} as ${signal ?? "no signal"}`, () => {
    assertEquals(parseSignal(text) as string | undefined, signal);
  });
}

Deno.test("parseSignal() reads every name and number of the table", () => {
  for (const [name, number] of Object.entries(SIGNAL_NUMBERS)) {
    assertEquals(parseSignal(name) as string, name);
    assertEquals(parseSignal(String(number)) as string, name);
  }
});

Deno.test("the signals that a user may send are passed on", () => {
  const names = ["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "WINCH", "CONT", "TSTP"];
  assertEquals<string[]>([...FORWARDED_SIGNALS], names.map((name) => `SIG${name}`));
});

Deno.test("HUP, INT, QUIT and TERM ask the child to end, no other signal does", () => {
  assertEquals<string[]>(
    FORWARDED_SIGNALS.filter(isStopping),
    ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"],
  );
});
