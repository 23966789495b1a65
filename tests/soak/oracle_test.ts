// The oracle itself: it sees what it is there to see.
import { assertEquals } from "@std/assert";
import { problems } from "./oracle.ts";
import { agentBytes, ownMessages } from "./own_messages.ts";
import { randomCase } from "./random_case.ts";
import type { SoakCase, SoakOutcome } from "./soak_case.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const CASE: SoakCase = {
  seed: 1,
  kind: "exits by itself",
  options: [],
  steps: ["exit:3"],
  out: bytes("abcdef"),
  err: bytes("one\ntwo"),
  whole: true,
  chunk: 2,
  signals: [],
  reader: { how: "fast" },
  endings: [{ code: 3, headline: undefined }],
};
const RIGHT: SoakOutcome = {
  code: 3,
  signal: null,
  out: CASE.out,
  err: bytes("🚀 Starting soak-agent with it\none\ntwo\n✓ soak-agent exited (exit code: 3)\n"),
  written: { out: 6, err: 7 },
  logged: undefined,
  leaked: [],
  memory: 1,
  files: 1,
};
const REPORT = "\n🚨 FATAL ERROR DETECTED: Boom!\none\n❌ Killing agent (PID: 5) - why\n";
/** An agent that was stopped after some of its output. */
const STOPPED: SoakCase = {
  ...CASE,
  whole: false,
  endings: [{ code: 1, headline: "Boom!" }, { code: 78, headline: undefined }],
};
const STOP: SoakOutcome = {
  ...RIGHT,
  code: 1,
  out: bytes("abcd"),
  err: bytes(`one\n${REPORT}tw\n✗ soak-agent stopped by rule boom\n`),
  written: { out: 3, err: 6 },
};

const CASES: [name: string, soaked: SoakCase, outcome: SoakOutcome, wrong: string[]][] = [
  ["the right outcome", CASE, RIGHT, []],
  ["another exit code", CASE, { ...RIGHT, code: 4 }, [
    "ended with 4 (no report) and not with 3 (no report)",
  ]],
  ["a run that hangs", CASE, { ...RIGHT, code: undefined }, ["it didn't end"]],
  ["a bailout that a signal ends", CASE, { ...RIGHT, signal: "SIGSEGV" }, [
    "bailout itself was ended by SIGSEGV",
  ]],
  ["a process left behind", CASE, { ...RIGHT, leaked: ["sleep 9"] }, ["left behind: sleep 9"]],
  ["a missing byte", CASE, { ...RIGHT, out: bytes("abcde") }, ["stdout has 5 bytes and not 6"]],
  ["a changed byte", CASE, { ...RIGHT, out: bytes("abXdef") }, [
    "stdout isn't what the agent printed",
  ]],
  ["a byte too many", CASE, { ...RIGHT, out: bytes("abcdefg") }, [
    "stdout isn't what the agent printed",
  ]],
  ["a missing line on stderr", CASE, { ...RIGHT, err: bytes("two") }, [
    "stderr isn't what the agent printed",
  ]],
  ["a report of nothing", CASE, { ...RIGHT, err: bytes(`one\ntwo\n${REPORT}`) }, [
    "ended with 3 (Boom!) and not with 3 (no report)",
  ]],
  ["a warning of nothing", CASE, { ...RIGHT, err: bytes("one\nbailout: warning: x\ntwo") }, [
    "warned: bailout: warning: x",
  ]],
  [
    "a log file of an output that was cut off before a line feed, where bailout put one",
    { ...STOPPED, out: bytes("") },
    {
      ...STOP,
      out: bytes(""),
      err: bytes(`one\n${REPORT}`),
      written: { out: 0, err: 3 },
      logged: 3,
    },
    [],
  ],
  ["a log file that lacks bytes", CASE, { ...RIGHT, logged: 12 }, [
    "the log file has 12 bytes of 13",
  ]],
  ["much memory", CASE, { ...RIGHT, memory: 2 ** 30 }, ["took 1024 MiB"]],
  ["many descriptors", CASE, { ...RIGHT, files: 99 }, ["held 99 descriptors"]],
  ["a stopped agent's output up to its stop", STOPPED, STOP, []],
  ["the other right outcome of a race", STOPPED, { ...STOP, code: 78, err: bytes("one\ntw") }, []],
  ["half of each outcome of a race", STOPPED, { ...STOP, code: 78 }, [
    "ended with 78 (Boom!) and not with 1 (Boom!) or 78 (no report)",
  ]],
  ["another rule than the agent's", STOPPED, {
    ...STOP,
    err: bytes(`one\n${REPORT.replace("Boom", "Bang")}tw`),
  }, ["ended with 1 (Bang!) and not with 1 (Boom!) or 78 (no report)"]],
  ["less than a stopped agent had written", STOPPED, { ...STOP, out: bytes("ab") }, [
    "stdout has 2 bytes and not 3 to 5",
  ]],
];
for (const [name, soaked, outcome, wrong] of CASES) {
  Deno.test(`the oracle on ${name}: ${wrong.length === 0 ? "right" : "wrong"}`, () => {
    assertEquals(problems(soaked, outcome), wrong);
  });
}

const MIXED: [name: string, stderr: string, printed: string, length: number][] = [
  ["nothing of bailout's", "abc\n", "abc\nd", 4],
  ["a message between lines", "a\nbailout: warning: x\nb\n", "a\nb\n", 4],
  ["a message on an unfinished line", "a\nbailout: warning: x\nb\n", "ab\n", 3],
  ["an agent's line feed after a message", "a\nbailout: warning: x\n\nb", "a\nb", 3],
  ["two messages at once", "a\nbailout: x\nbailout: y\nb", "ab", 2],
  ["bytes that are no text", "\u00ff\nbailout: x\n\u0000", "\u00ff\u0000", 3],
  ["a byte that the agent never printed", "a\nbailout: x\nc", "ab", -1],
];
for (const [name, stderr, printed, length] of MIXED) {
  Deno.test(`agentBytes() with ${name}: ${length}`, () => {
    assertEquals(agentBytes(bytes(stderr), bytes(printed)), length);
  });
}

Deno.test("ownMessages() takes a report as a whole, with the agent's lines in it", () => {
  assertEquals(ownMessages(bytes(`one\n${REPORT}two`)), REPORT);
});

Deno.test("randomCase() is the same for the same seed, and all kinds come up", () => {
  assertEquals(randomCase(5), randomCase(5));
  const kinds = new Set(Array.from({ length: 200 }, (_, seed) => randomCase(seed).kind));
  assertEquals(kinds.size, 10);
});
