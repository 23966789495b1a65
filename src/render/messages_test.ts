import { assertEquals } from "@std/assert";
import { CLASSIC_RULES } from "../core/rules/classic.ts";
import type { Verdict } from "../core/verdict.ts";
import { finding, rule } from "../testing/builders.ts";
import {
  isLoud,
  leftoversText,
  signalText,
  startedText,
  startingText,
  stoppingText,
  verdictText,
  warningText,
} from "./messages.ts";
import { PLAIN } from "./paint.ts";

const AGENT = { full: "W&B Launch Agent", short: "W&B agent" };

Deno.test("startingText() greets as the bash wrapper does, with the log where there is one", () => {
  const greeting = "🚀 Starting W&B Launch Agent with fatal error detection...\n";
  assertEquals(startingText(AGENT, undefined), greeting);
  const withLog = `${greeting}📝 Logs: /tmp/wandb-agent.log\n`;
  assertEquals(startingText(AGENT, "/tmp/wandb-agent.log"), withLog);
});

Deno.test("startedText() names the child and its pid", () => {
  assertEquals(
    startedText(AGENT, 12345, PLAIN),
    "✓ W&B agent started (PID: 12345)\n⏳ Monitoring for fatal errors...\n",
  );
});

Deno.test("signalText() names the signal and the grace", () => {
  const text = (ms: number) => signalText(AGENT, "SIGTERM", ms, PLAIN);
  assertEquals(text(8000), "SIGTERM received: stopping W&B agent (grace: 8s)\n");
  assertEquals(text(1500), "SIGTERM received: stopping W&B agent (grace: 1500ms)\n");
  assertEquals(text(0), "SIGTERM received: stopping W&B agent (grace: 0s)\n");
});

Deno.test("leftoversText() and warningText() are lines of their own", () => {
  const left = "W&B agent has left processes behind: stopping them\n";
  assertEquals(leftoversText(AGENT, PLAIN), left);
  assertEquals(warningText("the disk is full", PLAIN), "bailout: warning: the disk is full\n");
});

Deno.test("stoppingText() says which rule stops the run and why", () => {
  const text = "Stopping W&B agent by rule boom: it went boom\n";
  assertEquals(stoppingText(AGENT, rule(), PLAIN), text);
});

const EXIT: Verdict = { cause: "exit", child: { code: 0, signal: undefined } };
const SIGNAL: Verdict = { cause: "signal", signal: "SIGTERM", child: undefined };
const FINDING: Verdict = {
  cause: "finding",
  finding: finding(["boom"], { rule: CLASSIC_RULES[0]! }),
};
const FAILURE: Verdict = {
  cause: "spawn-failure",
  failure: { kind: "not-found", detail: "not found" },
};

const VERDICTS: [name: string, verdict: Verdict, exitCode: number, text: string][] = [
  ["a good exit", EXIT, 0, "✓ W&B agent exited (exit code: 0)"],
  ["a bad exit", EXIT, 3, "✓ W&B agent exited (exit code: 3)"],
  ["a stop by signal", SIGNAL, 143, "✓ W&B agent exited (exit code: 143)"],
  [
    "a bail-out",
    FINDING,
    1,
    "✗ W&B agent stopped by rule machine-type after 12.3s (exit code: 1)",
  ],
  ["a failed start", FAILURE, 127, 'bailout: cannot run "wan db": not found (exit code: 127)'],
];
for (const [name, verdict, exitCode, text] of VERDICTS) {
  Deno.test(`verdictText() of ${name}`, () => {
    const options = { names: AGENT, command: "wan db", exitCode, durationMs: 12_345 };
    assertEquals(verdictText(verdict, options, PLAIN), `${text}\n`);
  });
}

Deno.test("only bail-outs and errors are said with --quiet", () => {
  assertEquals([EXIT, SIGNAL, FINDING, FAILURE].map(isLoud), [false, false, true, true]);
});
