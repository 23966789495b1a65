// traceback.ts line by line: roles, settling, what is open. What tracebacks are: traceback_test.ts.
import { assertEquals } from "@std/assert";
import { line, lines } from "../testing/builders.ts";
import { SETTLE_MS, type TracebackRole, TracebackTracker } from "./traceback.ts";

const HEADER = "Traceback (most recent call last):";
const FRAME = ['  File "a.py", line 1, in f', "    raise x"];
const DURING = "During handling of the above exception, another exception occurred:";

function roles(texts: readonly string[]): TracebackRole[] {
  const tracker = new TracebackTracker(() => {});
  return lines(texts).map((line) => tracker.observe(line));
}

Deno.test("TracebackTracker tells what each line is to its traceback", () => {
  const told: [string, TracebackRole][] = [
    ["ready", "outside"],
    ["ValueError: no header before", "outside"],
    [HEADER, "header"],
    [FRAME[0]!, "body"],
    ["other thread", "outside"],
    [FRAME[1]!, "body"],
    ["AError: 1", "exception"],
    ["", "body"],
    [DURING, "body"],
    ["", "body"],
    [HEADER, "body"],
    [FRAME[0]!, "body"],
    ["BError: 2", "exception"],
    ["    its second line", "exception"],
    ["", "body"],
    ["INFO done", "outside"],
    ["    indented", "outside"],
  ];
  assertEquals(roles(told.map(([text]) => text)), told.map(([, role]) => role));
});

Deno.test("TracebackTracker takes indented lines after the exception for its message", () => {
  const message = [
    "grpc._channel._InactiveRpcError: <_InactiveRpcError of RPC that terminated with:",
    "\tstatus = StatusCode.PERMISSION_DENIED",
    '\tdetails = "no"',
    ">",
  ];
  const [first, second, third, closing] = roles([HEADER, ...FRAME, ...message]).slice(3);
  assertEquals([first, second, third, closing], [
    "exception",
    "exception",
    "exception",
    "exception",
  ]);
});

Deno.test("TracebackTracker completes a raised traceback when its stream was quiet", () => {
  const found: string[] = [];
  const tracker = new TracebackTracker((traceback) => {
    if (traceback !== undefined) found.push(traceback.exception.text);
  });
  tracker.observe(line(HEADER, { at: 100 }));
  assertEquals(tracker.settlesAt, undefined);
  tracker.observe(line("AError: 1", { at: 110 }));
  assertEquals(tracker.settlesAt, 110 + SETTLE_MS);
  tracker.settle(110 + SETTLE_MS - 1);
  assertEquals(found, []);
  tracker.settle(110 + SETTLE_MS);
  assertEquals(found, ["AError: 1"]);
  assertEquals(tracker.settlesAt, undefined);
});

Deno.test("TracebackTracker doesn't settle a traceback without an exception", () => {
  const found: string[] = [];
  const tracker = new TracebackTracker((traceback) => {
    if (traceback !== undefined) found.push(traceback.exception.text);
  });
  tracker.observe(line(HEADER, { at: 0 }));
  tracker.observe(line(FRAME[0]!, { at: 0 }));
  tracker.settle(1e9);
  tracker.observe(line("AError: 1", { at: 1e9 }));
  tracker.flush();
  assertEquals(found, ["AError: 1"]);
});

Deno.test("TracebackTracker waits again while a chain goes on", () => {
  const tracker = new TracebackTracker(() => {});
  tracker.observe(line(HEADER, { at: 0 }));
  tracker.observe(line("AError: 1", { at: 0 }));
  tracker.observe(line("", { at: 30 }));
  tracker.observe(line(DURING, { at: 40 }));
  assertEquals(tracker.settlesAt, 40 + SETTLE_MS);
});

Deno.test("TracebackTracker completes each traceback once", () => {
  let completed = 0;
  const tracker = new TracebackTracker(() => completed++);
  for (const text of [HEADER, ...FRAME, "AError: 1"]) tracker.observe(line(text));
  tracker.flush();
  tracker.flush();
  tracker.settle(1e9);
  tracker.observe(line("next"));
  assertEquals(completed, 1);
});

Deno.test("TracebackTracker shows the open traceback's lines so far", () => {
  const tracker = new TracebackTracker(() => {});
  const texts = () => tracker.open?.lines.map((line) => line.text);
  assertEquals(texts(), undefined);
  for (const text of [HEADER, "foreign", FRAME[0]!]) tracker.observe(line(text));
  assertEquals(texts(), [HEADER, FRAME[0]!]);
  tracker.flush();
  assertEquals(texts(), undefined);
});
