// Whole tracebacks as monitor.ts sees them; the tracker itself: traceback_test.ts.
import { assertEquals } from "@std/assert";
import { bytes, rule } from "../testing/builders.ts";
import type { Finding } from "./finding.ts";
import type { StreamName } from "./line.ts";
import { Monitor, type MonitorOptions } from "./monitor.ts";
import { SETTLE_MS } from "./traceback.ts";

const HEADER = "Traceback (most recent call last):";
const TRACEBACK = [HEADER, '  File "a.py", line 1, in f', "    f()", "KeyError: 'x'"];
const PYTHON = rule({ id: "python", matcher: { kind: "traceback" } });

function monitor(options: Partial<MonitorOptions> = {}): Monitor {
  return new Monitor({ rules: [PYTHON], bufferLines: 100, contextLines: 10, ...options });
}

function push(target: Monitor, lines: readonly string[], stream: StreamName = "stderr"): void {
  target.push(stream, bytes(lines.map((line) => `${line}\n`).join("")), 1000);
}

function context(finding: Finding | undefined): string[] | undefined {
  return finding?.context.lines.map((line) => line.text);
}

/** What is found when the stream ends after these lines. */
function findAtEnd(lines: readonly string[], options: Partial<MonitorOptions> = {}) {
  const watched = monitor(options);
  push(watched, lines);
  watched.end("stderr", 1000);
  return watched.evaluate(1000);
}

Deno.test("Monitor finds a traceback when its stream has been quiet for a moment", () => {
  const watched = monitor();
  push(watched, TRACEBACK);
  assertEquals(watched.evaluate(1000), undefined);
  assertEquals(watched.settlesAt, 1000 + SETTLE_MS);
  assertEquals(watched.evaluate(1000 + SETTLE_MS)?.lastMatch.text, "KeyError: 'x'");
  assertEquals(watched.settlesAt, undefined);
});

Deno.test("Monitor finds a traceback at once when another line follows", () => {
  const watched = monitor();
  push(watched, [...TRACEBACK, "next"]);
  assertEquals(context(watched.evaluate(1000)), TRACEBACK);
});

Deno.test("Monitor finds a traceback that ends the stream", () => {
  assertEquals(context(findAtEnd(TRACEBACK)), TRACEBACK);
});

Deno.test("Monitor fills a short traceback's context up with the lines before it", () => {
  const before = Array.from({ length: 20 }, (_, i) => `before ${i + 1}`);
  const expected = [...before.slice(-2), ...TRACEBACK];
  assertEquals(context(findAtEnd([...before, ...TRACEBACK], { contextLines: 5 })), expected);
});

Deno.test("Monitor shows a traceback longer than the context whole", () => {
  const frames = Array.from({ length: 80 }, (_, i) => `  frame ${i}`);
  const whole = [HEADER, ...frames, "ValueError: deep"];
  assertEquals(context(findAtEnd(["before", ...whole], { contextLines: 3 })), whole);
});

Deno.test("Monitor shows a traceback longer than the ring buffer whole", () => {
  const frames = Array.from({ length: 150 }, (_, i) => `  frame ${i}`);
  const whole = [HEADER, ...frames, "ValueError: deep"];
  assertEquals(context(findAtEnd(whole, { bufferLines: 20 })), whole);
});

Deno.test("Monitor says where lines of a very long traceback were left out", () => {
  const frames = Array.from({ length: 600 }, (_, i) => `  frame ${i}`);
  const found = findAtEnd([HEADER, ...frames, "ValueError: deep"]);
  assertEquals(found?.context.omitted, { count: 202, before: 200 });
  assertEquals(found?.context.lines.length, 400);
});

Deno.test("Monitor leaves blank lines after the exception out of a traceback's context", () => {
  assertEquals(context(findAtEnd([...TRACEBACK, "", "", "next"])), TRACEBACK);
});

Deno.test("Monitor counts the lines before a very long traceback, where it says what is left out", () => {
  const before = Array.from({ length: 20 }, (_, i) => `before ${i}`);
  const frames = Array.from({ length: 600 }, (_, i) => `  frame ${i}`);
  const found = findAtEnd([...before, HEADER, ...frames, "ValueError: deep"], {
    bufferLines: 1000,
    contextLines: 409,
  });
  assertEquals(found?.context.lines.length, 410);
  assertEquals(found?.context.omitted, { count: 202, before: 210 });
  assertEquals(context(found)?.[209], "  frame 198");
});

Deno.test("Monitor ends a traceback's context with its exception, whatever stands after it", () => {
  const message = Array.from({ length: 300 }, (_, i) => `    detail ${i}`);
  for (const depth of [100, 150, 250]) {
    const frames = Array.from({ length: depth }, (_, i) => `  frame ${i}`);
    const found = findAtEnd([HEADER, ...frames, "ValueError: deep", ...message]);
    assertEquals(context(found)?.at(-1), "ValueError: deep", `${depth} lines before`);
    const omittedInside = (found?.context.omitted?.before ?? 0) < found!.context.lines.length;
    assertEquals(omittedInside, true, `${depth} lines before: omitted lines stand after the end`);
  }
});

Deno.test("Monitor doesn't mix the tracebacks of two streams", () => {
  const watched = monitor({ contextLines: 0 });
  const other = [HEADER, '  File "b.py", line 2, in g', "BError: 2"];
  for (let i = 0; i < 4; i++) {
    push(watched, TRACEBACK.slice(i, i + 1), "stderr");
    push(watched, other.slice(i, i + 1), "stdout");
  }
  watched.end("stderr", 1000);
  assertEquals(context(watched.evaluate(1000)), TRACEBACK);
  watched.end("stdout", 1000);
  assertEquals(context(watched.evaluate(1000)), other);
});

Deno.test("Monitor finds no failure in Ctrl-C's traceback", () => {
  assertEquals(findAtEnd([...TRACEBACK.slice(0, 3), "KeyboardInterrupt"]), undefined);
});

Deno.test("Monitor shows the traceback so far where a pattern matches inside of it", () => {
  const found = findAtEnd([...TRACEBACK.slice(0, 3), "boom.Error: x"], {
    rules: [rule()],
    contextLines: 1,
  });
  assertEquals(context(found), [...TRACEBACK.slice(0, 3), "boom.Error: x"]);
  assertEquals(found?.context.matchIndex, 0);
});

Deno.test("Monitor ends the context with the match where that is in the exception's message", () => {
  const lines = [HEADER, "  frame", "grpc.RpcError: <terminated with:", '\tdetails = "boom"', ">"];
  assertEquals(context(findAtEnd(lines, { rules: [rule()] })), lines.slice(0, 4));
});

Deno.test("Monitor sees no sign in a source line of a traceback where the rule says so", () => {
  const lines = [HEADER, '  File "boom.py", line 1', "    boom()", "KeyError: 'x'"];
  assertEquals(findAtEnd(lines, { rules: [rule({ skipTracebackBody: true })] }), undefined);
  assertEquals(findAtEnd(lines, { rules: [rule()] })?.matches, 2);
});

Deno.test("Monitor tells of a traceback as of a match, once it is complete", () => {
  let told = 0;
  const watched = monitor({ onMatch: () => told++ });
  push(watched, TRACEBACK);
  assertEquals(told, 0);
  push(watched, ["next"]);
  assertEquals(told, 1);
});
