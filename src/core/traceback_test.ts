import { assertEquals } from "@std/assert";
import { lines } from "../testing/builders.ts";
import { type Traceback, TracebackTracker } from "./traceback.ts";

const HEADER = "Traceback (most recent call last):";
const FRAME = ['  File "a.py", line 1, in f', "    raise x"];
const DURING = "During handling of the above exception, another exception occurred:";
const CAUSE = "The above exception was the direct cause of the following exception:";

/** The tracebacks in a stream that ends after these lines, 1 ms apart. */
function track(texts: readonly string[]): Traceback[] {
  const found: Traceback[] = [];
  const tracker = new TracebackTracker((traceback) => {
    if (traceback !== undefined) found.push(traceback);
  });
  for (const line of lines(texts)) tracker.observe({ ...line, at: line.number });
  tracker.flush();
  return found;
}

function exceptions(texts: readonly string[]): string[] {
  return track(texts).map((traceback) => traceback.exception.text);
}

function texts(traceback: Traceback | undefined): string[] | undefined {
  return traceback?.lines.map((line) => line.text);
}

const EXCEPTION_LINES = [
  "KeyError: 'machine_type'",
  "KeyError",
  "RuntimeError: ",
  "google.api_core.exceptions.InvalidArgument: 400 no",
  "__main__.Stop: now",
  "socket.timeout: timed out",
  "wandb.errors.CommError",
  "subprocess.CalledProcessError: Command '['x']' returned non-zero exit status 1.",
  "__main__.run.<locals>.Broken: a class made inside of a function",
];
for (const exception of EXCEPTION_LINES) {
  Deno.test(`TracebackTracker ends a traceback at "${exception}"`, () => {
    const whole = [HEADER, ...FRAME, exception];
    assertEquals(track(["before", ...whole, "after"]).map(texts), [whole]);
  });
}

for (const depth of [1, 2, 3, 10, 99, 300]) {
  Deno.test(`TracebackTracker follows a traceback of ${depth} frames`, () => {
    const frames = Array.from({ length: depth }, () => FRAME).flat();
    const [found, ...more] = track([HEADER, ...frames, "ValueError: deep"]);
    assertEquals(more, []);
    assertEquals(found?.exception.text, "ValueError: deep");
    assertEquals(found?.lines[0]?.text, HEADER);
    assertEquals(found?.lines.at(-1)?.text, "ValueError: deep");
    const all = 2 * depth + 2;
    const omitted = all <= 400 ? undefined : { count: all - 400, before: 200 };
    assertEquals(found?.omitted, omitted);
    assertEquals(found?.lines.length, Math.min(all, 400));
  });
}

Deno.test("TracebackTracker leaves out the middle of a very long traceback", () => {
  const frames = Array.from({ length: 500 }, (_, i) => `  frame ${i}`);
  const [found] = track([HEADER, ...frames, "ValueError: deep"]);
  assertEquals(found?.omitted, { count: 102, before: 200 });
  assertEquals(found?.lines.slice(199, 201).map((line) => line.text), [
    "  frame 198",
    "  frame 301",
  ]);
});

for (const [name, chain] of [["during handling", DURING], ["direct cause", CAUSE]] as const) {
  Deno.test(`TracebackTracker joins a chained traceback: ${name}`, () => {
    const whole = [HEADER, ...FRAME, "KeyError: 1", "", chain, "", HEADER, ...FRAME, "BError: 2"];
    const found = track(whole);
    assertEquals(found.map(texts), [whole]);
    assertEquals(found[0]?.exception.text, "BError: 2");
  });
}

Deno.test("TracebackTracker joins a chain of three", () => {
  const link = (chain: string) => ["", chain, "", HEADER, ...FRAME];
  const whole = [
    HEADER,
    ...FRAME,
    "AError",
    ...link(DURING),
    "BError",
    ...link(CAUSE),
    "CError: 3",
  ];
  assertEquals(track(whole).map(texts), [whole]);
});

Deno.test("TracebackTracker keeps the first exception of a chain that is cut off", () => {
  const cutOff = [HEADER, ...FRAME, "AError: 1", "", DURING, "", HEADER, FRAME[0]!];
  assertEquals(exceptions(cutOff), ["AError: 1"]);
});

Deno.test("TracebackTracker goes on with a chain whose second traceback is cut off and begins anew", () => {
  const cutOff = [HEADER, ...FRAME, "AError: 1", "", DURING, "", HEADER, FRAME[0]!];
  const whole = [...cutOff, HEADER, ...FRAME, "BError: 2"];
  assertEquals(track(whole).map(texts), [whole]);
});

Deno.test("TracebackTracker takes two tracebacks in a row for two", () => {
  const one = [HEADER, ...FRAME, "AError: 1"];
  assertEquals(exceptions([...one, HEADER, ...FRAME, "BError: 2"]), ["AError: 1", "BError: 2"]);
  assertEquals(exceptions([...one, "", HEADER, ...FRAME, "BError: 2"]), ["AError: 1", "BError: 2"]);
});

for (const prefix of ["wandb: ERROR ", "2025-11-16 12:00:00 ERROR ", "[agent] "]) {
  Deno.test(`TracebackTracker sees through a prefix of every line: "${prefix}"`, () => {
    const whole = [HEADER, ...FRAME, "KeyError: 1", "", DURING, "", HEADER, ...FRAME, "BError: 2"]
      .map((text) => prefix + text);
    assertEquals(track([...whole, `${prefix}next`]).map(texts), [whole]);
  });
}

Deno.test("TracebackTracker takes a blank prefixed line without its last space for blank", () => {
  const whole = [HEADER, ...FRAME, "AError: 1", "", CAUSE, "", HEADER, ...FRAME, "BError: 2"]
    .map((text) => `wandb: ERROR ${text}`.trimEnd());
  assertEquals(track(whole).map(texts), [whole]);
});

Deno.test("TracebackTracker leaves out other threads' lines between the frames", () => {
  const found = track([HEADER, FRAME[0]!, "INFO step 7", FRAME[1]!, "loss=0.5", "AError: 1"]);
  assertEquals(found.map(texts), [[HEADER, ...FRAME, "AError: 1"]]);
});

Deno.test("TracebackTracker isn't misled by another thread's line that looks like an exception", () => {
  const found = track([HEADER, ...FRAME, "Epoch: 3", ...FRAME, "AError: 1"]);
  assertEquals(found.map((traceback) => traceback.exception.text), ["AError: 1"]);
});

Deno.test("TracebackTracker ignores other threads' lines between two frames again and again", () => {
  const foreign = Array.from({ length: 15 }, (_, i) => `step ${i}`);
  assertEquals(
    exceptions([HEADER, ...foreign, ...FRAME, ...foreign, ...FRAME, ...foreign, "AError: 1"]),
    ["AError: 1"],
  );
});

Deno.test("TracebackTracker gives a traceback up after more than 20 foreign lines", () => {
  const foreign = (count: number) => Array.from({ length: count }, (_, i) => `step ${i}`);
  assertEquals(exceptions([HEADER, ...FRAME, ...foreign(20), "AError: 1"]), ["AError: 1"]);
  assertEquals(exceptions([HEADER, ...FRAME, ...foreign(21), "AError: 1"]), []);
});

Deno.test("TracebackTracker takes a line for an exception without any frame only by its name", () => {
  assertEquals(exceptions([HEADER, "KeyError: 1"]), ["KeyError: 1"]);
  assertEquals(exceptions([`see ${HEADER} in the log`, "Done: ok"]), []);
});

Deno.test("TracebackTracker drops a traceback without an exception", () => {
  assertEquals(exceptions([HEADER, ...FRAME]), []);
  assertEquals(exceptions([HEADER]), []);
});

Deno.test("TracebackTracker starts anew at a header in the middle of a cut-off traceback", () => {
  const second = [HEADER, ...FRAME, "AError: 1"];
  assertEquals(track([HEADER, FRAME[0]!, ...second]).map(texts), [second]);
});

const ORDERLY: [exception: string, failure: boolean][] = [
  ["KeyboardInterrupt", false],
  ["SystemExit", false],
  ["SystemExit: 0", false],
  ["SystemExit: 1", true],
  ["SystemExit: 10", true],
  ["SystemExit: cannot go on", true],
  ["asyncio.exceptions.CancelledError", false],
];
for (const [exception, failure] of ORDERLY) {
  Deno.test(`TracebackTracker takes ${exception} for ${failure ? "a failure" : "orderly"}`, () => {
    const found = [HEADER, ...FRAME, exception];
    assertEquals(exceptions(found), failure ? [exception] : []);
    const prefixed = found.map((text) => `wandb: ${text}`);
    assertEquals(exceptions(prefixed), failure ? [`wandb: ${exception}`] : []);
  });
}

Deno.test("TracebackTracker judges a chain by its last exception", () => {
  const chained = ["AError: 1", "", DURING, "", HEADER, ...FRAME, "KeyboardInterrupt"];
  assertEquals(exceptions([HEADER, ...FRAME, ...chained]), []);
});
