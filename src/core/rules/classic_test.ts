import { assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { Monitor } from "../monitor.ts";
import type { Category, Matcher } from "../rule.ts";
import { CLASSIC_RULES } from "./classic.ts";

type Row = [
  id: string,
  category: Category,
  pattern: string,
  window: number,
  threshold: number,
  title: string,
  reason: string,
];

const SEQUENCE = "Traceback (most recent call last), then within 3 lines Error:|Exception:";

// The table of the analysis, in its order, to the letter.
const TABLE: Row[] = [
  [
    "machine-type",
    "config",
    "Machine type.*is not supported",
    100,
    1,
    "Machine type not supported!",
    "this error will not self-resolve",
  ],
  [
    "invalid-argument",
    "config",
    "InvalidArgument: 400",
    100,
    1,
    "Invalid argument (400)!",
    "config error, will not self-resolve",
  ],
  [
    "permission-denied",
    "permission",
    "PermissionDenied: 403",
    100,
    1,
    "Permission denied (403)!",
    "IAM permissions missing",
  ],
  [
    "not-found",
    "permission",
    "NotFound: 404",
    100,
    1,
    "Resource not found (404)!",
    "resource doesn't exist",
  ],
  [
    "quota",
    "quota",
    "QuotaExceeded|ResourceExhausted",
    100,
    1,
    "Quota exceeded!",
    "quota limit reached",
  ],
  [
    "repeated-failures",
    "failures",
    "FAILED|FAILURE|FATAL|Traceback",
    50,
    3,
    "Repeated failures in agent logs!",
    "persistent error detected",
  ],
  [
    "python-exception",
    "exception",
    SEQUENCE,
    50,
    1,
    "Unhandled Python exception!",
    "exception in agent code",
  ],
  [
    "http-error",
    "service",
    "HttpError: <HttpError [45][0-9]{2}",
    50,
    1,
    "HTTP error from GCP API!",
    "API error detected",
  ],
  [
    "service-error",
    "service",
    "ServiceUnavailable|503|Internal.*[Ee]rror|500",
    100,
    2,
    "Persistent GCP service error (500/503)!",
    "repeated service failures",
  ],
  [
    "agent-init",
    "agent",
    "Failed to initialize|wandb.*ERROR.*Failed|Unable to connect.*wandb",
    100,
    1,
    "W&B agent initialization failure!",
    "cannot connect to W&B",
  ],
  [
    "image-pull",
    "image",
    "ImagePullBackOff|ErrImagePull|Failed to pull image",
    100,
    1,
    "Container image pull failure!",
    "cannot pull Docker image",
  ],
];

function patternText(matcher: Matcher): string {
  if (matcher.kind === "pattern") return matcher.pattern;
  if (matcher.kind !== "sequence") return matcher.kind;
  return `${
    matcher.first.replaceAll("\\", "")
  }, then within ${matcher.within} lines ${matcher.then}`;
}

Deno.test("the classic rules are the analysis' table to the letter", () => {
  const rows = CLASSIC_RULES.map((r): Row => [
    r.id,
    r.category,
    patternText(r.matcher),
    r.window,
    r.threshold,
    r.title,
    r.reason,
  ]);
  assertEquals(rows, TABLE);
});

/** The rule that fires on these lines, as at the end of a stream. */
function fired(lines: readonly string[]): string | undefined {
  const monitor = new Monitor({ rules: CLASSIC_RULES, bufferLines: 100, contextLines: 10 });
  monitor.push("stderr", bytes(lines.join("\n")), 0);
  monitor.end("stderr", 0);
  return monitor.evaluate(0)?.rule.id;
}

const HEADER = "Traceback (most recent call last):";
const FRAME = ['  File "a.py", line 1, in f', "    f()"];

const KEPT_FAULTS: [name: string, lines: string[], id: string | undefined][] = [
  ["kills a run that counts steps", ["step 500/1000", "step 1500/2000"], "service-error"],
  ["takes a loss for a status", ["loss 0.503", "loss 0.500"], "service-error"],
  ["sees a traceback of one frame", [HEADER, ...FRAME, "KeyError: 'x'"], "python-exception"],
  ["misses a traceback of two frames", [HEADER, ...FRAME, ...FRAME, "KeyError: 'x'"], undefined],
  ["counts tracebacks as failures", [HEADER, HEADER, HEADER], "repeated-failures"],
];
for (const [name, lines, id] of KEPT_FAULTS) {
  Deno.test(`the classic profile ${name}, as the script does`, () =>
    assertEquals(fired(lines), id));
}

Deno.test("of two classic rules the first in the table wins", () => {
  const line = "InvalidArgument: 400 Machine type 'n2' is not supported for GPU 'T4'";
  assertEquals(fired([line]), "machine-type");
});

Deno.test("a classic threshold isn't met by fewer lines", () => {
  assertEquals(fired(["FAILED", "FAILED"]), undefined);
  assertEquals(fired(["FAILED", "FATAL", "FAILURE"]), "repeated-failures");
  assertEquals(fired(["ServiceUnavailable"]), undefined);
});

Deno.test("a classic window ends after its last line", () => {
  const quiet = (count: number) => Array.from({ length: count }, () => "quiet");
  const spread = (gap: number) => ["FAILED", "FAILED", ...quiet(gap), "FAILED"];
  assertEquals(fired(spread(47)), "repeated-failures");
  assertEquals(fired(spread(48)), undefined);
  assertEquals(fired(["503", ...quiet(98), "503"]), "service-error");
  assertEquals(fired(["503", ...quiet(99), "503"]), undefined);
});
