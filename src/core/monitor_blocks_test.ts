// Blocks of lines: which rule names them, and which of them state nothing.
import { assertEquals } from "@std/assert";
import { bytes } from "../testing/builders.ts";
import { Monitor } from "./monitor.ts";
import { DEFAULT_RULES } from "./rules/default.ts";

/** Ids of the rules met, in the order in which `--interval 0` would act on them. */
function fired(lines: readonly string[]): string[] {
  const ids: string[] = [];
  const evaluate = (now: number) => {
    for (let found = monitor.evaluate(now); found; found = monitor.evaluate(now)) {
      ids.push(found.rule.id);
    }
  };
  const options = { rules: DEFAULT_RULES, bufferLines: 100, contextLines: 10 };
  const monitor: Monitor = new Monitor({ ...options, onMatch: () => evaluate(0) });
  for (const line of lines) monitor.push("stderr", bytes(`${line}\n`), 0);
  monitor.end("stderr", 0);
  evaluate(Infinity);
  return ids;
}

const FRAMES = ["Traceback (most recent call last):", '  File "a.py", line 1, in f', "    f()"];

Deno.test("a traceback whose exception has a cause of its own is named by it", () => {
  assertEquals(fired([...FRAMES, "google.api_core.exceptions.PermissionDenied: 403 no"]), [
    "permission-denied",
  ]);
  assertEquals(fired([...FRAMES, "KeyError: 1"]), ["python-exception"]);
});

Deno.test("a cause in an inner exception of a chain names the whole chain", () => {
  const chain = "The above exception was the direct cause of the following exception:";
  const inner = "google.api_core.exceptions.NotFound: 404 no bucket";
  assertEquals(fired([...FRAMES, inner, "", chain, "", ...FRAMES, "RuntimeError: setup"]), [
    "not-found",
  ]);
});

Deno.test("a block of several lines is named by the first rule in list order", () => {
  const block = [
    "grpc._channel._InactiveRpcError: <_InactiveRpcError of RPC that terminated with:",
    "\tstatus = StatusCode.INVALID_ARGUMENT",
    '\tdetails = "Accelerator X is not supported for machine type n2-standard-4."',
    ">",
  ];
  assertEquals(fired(block)[0], "machine-type");
});

Deno.test("a traceback that was announced as dealt with states nothing", () => {
  const denied = "google.api_core.exceptions.PermissionDenied: 403 no";
  const handled = "2025-11-16 12:00:00 WARNING cache failed, continuing without it";
  assertEquals(fired([handled, ...FRAMES, denied, "training started"]), []);
  assertEquals(fired(["2025-11-16 12:00:00 INFO submitting", ...FRAMES, denied]), [
    "permission-denied",
  ]);
});

Deno.test("retries that were in vain are an error in the end", () => {
  const retry = "WARNING Retrying submit in 1 seconds as it raised PermissionDenied: 403 no";
  const error = "tenacity.RetryError: RetryError[<Future state=finished raised PermissionDenied>]";
  assertEquals(fired([retry, ...FRAMES, error]), ["permission-denied"]);
});

Deno.test("nothing in a test session is an error", () => {
  const start = "============================= test session starts ==============================";
  const end = "========================= 1 failed, 2 passed in 0.12s ==========================";
  assertEquals(fired([start, ...FRAMES, "PermissionDenied: 403 no", end]), []);
  assertEquals(fired([start, end, "PermissionDenied: 403 no"]), ["permission-denied"]);
});

Deno.test("a traceback in a JSON line is an exception, unless its level is less than an error", () => {
  const trace = [...FRAMES, "KeyError: 1"].join("\n");
  assertEquals(fired([JSON.stringify({ level: "error", message: "x", exc_info: trace })]), [
    "python-exception",
  ]);
  assertEquals(fired([JSON.stringify({ level: "info", message: "x", exc_info: trace })]), []);
});

Deno.test("a match in a test session after a cut-off traceback has its own context", () => {
  const rules = [{ ...DEFAULT_RULES[0]!, matcher: { kind: "pattern", pattern: "boom" } as const }];
  const options = {
    rules: rules.map((r) => ({
      ...r,
      skipTracebackBody: false,
      hints: ["boom"],
      alsoHints: ["boom"],
    })),
  };
  const monitor = new Monitor({ ...options, bufferLines: 100, contextLines: 0 });
  const session = "============ test session starts ============";
  monitor.push("stderr", bytes(`${FRAMES[0]}\n${session}\nboom\n`), 0);
  assertEquals(monitor.evaluate(0)?.context.lines.map((line) => line.text), ["boom"]);
});

Deno.test("the end of one stream's block isn't the end of the other's", () => {
  const ids: string[] = [];
  const monitor: Monitor = new Monitor({
    rules: DEFAULT_RULES.filter(({ threshold }) => threshold === 1),
    bufferLines: 100,
    contextLines: 0,
    onMatch: () => ids.push(monitor.evaluate(0)?.rule.id ?? "none"),
  });
  monitor.push("stderr", bytes([...FRAMES, "x.PermissionDenied: 403 no", ""].join("\n")), 0);
  monitor.push("stdout", bytes([...FRAMES, "KeyboardInterrupt", "on", ""].join("\n")), 0);
  assertEquals(ids, []);
  monitor.push("stderr", bytes("on\n"), 0);
  assertEquals(ids, ["permission-denied"]);
});

Deno.test("a traceback rule keeps to its streams and its exceptions", () => {
  const traceback = DEFAULT_RULES.find((rule) => rule.id === "python-exception")!;
  const found = (fields: object) => {
    const rules = [{ ...traceback, ...fields }];
    const monitor = new Monitor({ rules, bufferLines: 100, contextLines: 0 });
    monitor.push("stdout", bytes([...FRAMES, "KeyError: 1", ""].join("\n")), 0);
    monitor.end("stdout", 0);
    return monitor.evaluate(0)?.rule.id;
  };
  assertEquals(found({}), "python-exception");
  assertEquals(found({ streams: ["stderr"] }), undefined);
  assertEquals(found({ except: ["KeyError"] }), undefined);
});

Deno.test("a retired rule still names what it recognises", () => {
  const monitor = new Monitor({ rules: DEFAULT_RULES, bufferLines: 100, contextLines: 0 });
  const block = [...FRAMES, "x.PermissionDenied: 403 no", "on", ""].join("\n");
  monitor.push("stderr", bytes(block), 0);
  const first = monitor.evaluate(0)!;
  monitor.retire(first.rule);
  monitor.push("stderr", bytes(block), 0);
  assertEquals([first.rule.id, monitor.evaluate(0)], ["permission-denied", undefined]);
});
