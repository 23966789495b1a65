import { assert, assertEquals } from "@std/assert";
import { seededRandom } from "../testing/random.ts";
import { mayHaveStatus } from "./fact_forms.ts";
import { extractFacts, toolsOf } from "./facts.ts";

const SPELLINGS: [message: string, status: string][] = [
  ["PermissionDenied: 403 denied", "PERMISSION_DENIED"],
  ["google.api_core.exceptions.PermissionDenied: 403 denied", "PERMISSION_DENIED"],
  ["PERMISSION_DENIED: denied", "PERMISSION_DENIED"],
  ["7 PERMISSION_DENIED: denied", "PERMISSION_DENIED"],
  ["\tstatus = StatusCode.PERMISSION_DENIED", "PERMISSION_DENIED"],
  ["rpc error: code = PermissionDenied desc = denied", "PERMISSION_DENIED"],
  ['"status": "PERMISSION_DENIED",', "PERMISSION_DENIED"],
  ["Forbidden: 403 GET https://x/y: denied", "PERMISSION_DENIED"],
  ["Failed to create Vertex job: 403 Permission denied", "PERMISSION_DENIED"],
  ["403 Client Error: Forbidden for url: https://x", "PERMISSION_DENIED"],
  ["kubernetes.client.exceptions.ApiException: (403)", "PERMISSION_DENIED"],
  ["401 Unauthenticated: no credentials", "UNAUTHENTICATED"],
  ["google.auth.exceptions.DefaultCredentialsError: no", "UNAUTHENTICATED"],
  ["FailedPrecondition: 400 x", "FAILED_PRECONDITION"],
  ['code: 8 message: "exceed quota limits"', "RESOURCE_EXHAUSTED"],
  [
    "google.api_core.exceptions.TooManyRequests: 429 POST https://x: slow down",
    "RESOURCE_EXHAUSTED",
  ],
  ["ServiceUnavailable: 503 x", "UNAVAILABLE"],
  ["HTTP 503", "UNAVAILABLE"],
  ["too many 503 error responses", "UNAVAILABLE"],
  ["reason: Code: NotFound", "NOT_FOUND"],
];

for (const [message, status] of SPELLINGS) {
  Deno.test(`extractFacts() reads ${status} out of ${JSON.stringify(message)}`, () => {
    assertEquals([...extractFacts(message, false).status], [status]);
    assertEquals(mayHaveStatus(message), true);
  });
}

const NOTHING = [
  "step 403/1000",
  "loss 0.503",
  "port 5003",
  "listening on :500",
  "403 files copied",
  "see https://example.com/errors/403/PermissionDenied: for more",
  "reading /docs/NotFound: 404/page.md",
  "from google.api_core.exceptions import NotFound",
  "  InvalidArgument: 400      the job spec has a wrong value",
  "NOT_FOUND: 0",
  "exit code: 8",
  "code: 500/1000",
  "status: 500ms",
  "StatusCode.NOT_FOUND                5  give up",
];

for (const message of NOTHING) {
  Deno.test(`extractFacts() reads no status out of ${JSON.stringify(message)}`, () => {
    assertEquals([...extractFacts(message, false).status], []);
  });
}

Deno.test("extractFacts() takes a client's error code for one only with a second sign", () => {
  const request = 'HTTP Request: GET https://x "HTTP/1.1 404 Not Found"';
  assertEquals([...extractFacts(request, false).status], []);
  assertEquals([...extractFacts(request, true).status], ["NOT_FOUND"]);
});

Deno.test("toolsOf() knows the tools that speak", () => {
  const tools = (message: string) => [...toolsOf(message)];
  assertEquals(tools("(gcloud.ai.custom-jobs.create) PERMISSION_DENIED: x"), ["gcloud"]);
  assertEquals(tools("<HttpError 403 when requesting https://x>"), ["googleapiclient"]);
  assertEquals(tools("status = StatusCode.INTERNAL"), ["grpc"]);
  assertEquals(tools("Error response from daemon: x"), ["docker"]);
});

Deno.test("extractFacts() names the exception that a line begins with", () => {
  assertEquals(extractFacts("a.b.QuotaError: x", false).exception, "QuotaError");
  assertEquals(extractFacts("see QuotaError: x", false).exception, undefined);
});

Deno.test("mayHaveStatus() lets a code through wherever it stands", () => {
  for (
    const text of ['{"message":"400 Machine type x"}', "ERROR|502 GET https://x", "=404 Not Found"]
  ) {
    assertEquals(mayHaveStatus(text), true, text);
  }
});

Deno.test("a numeric status is read, and let through, also out of JSON within a JSON string", () => {
  const status = { code: 3, message: "Accelerator x is not supported for machine type y." };
  let text = JSON.stringify({ severity: "ERROR", jsonPayload: { status } });
  for (let depth = 0; depth < 3; depth++) {
    assertEquals(mayHaveStatus(text), true, text);
    text = JSON.stringify({ level: "error", msg: text });
  }
});

Deno.test("mayHaveStatus() is true of every line out of which extractFacts() reads a status", () => {
  const random = seededRandom(9);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const parts = [
    ...[
      "HTTP",
      "HTTP/1.1",
      "status",
      "Status",
      "code",
      "Code",
      "error",
      "Error",
      "reason",
      "Failed:",
    ],
    ...["returned error: ", "too many ", "error responses", "exception", "Response", "HttpError"],
    ...["HTTP Error", "NotFound", "PERMISSION_DENIED", "Forbidden", "Bad Request", "GET ", "POST "],
    ...[
      "503",
      "404",
      "4",
      "5",
      " ",
      "  ",
      ":",
      "=",
      '"',
      "'",
      ".",
      "/",
      ",",
      "(",
      ")",
      "[",
      "a",
      "Z",
    ],
  ];
  let found = 0;
  for (let round = 0; round < 30_000; round++) {
    const text = Array.from({ length: 1 + Math.floor(random() * 9) }, () => pick(parts)).join("");
    const { status, http } = extractFacts(text, false);
    if (status.size + http.size === 0) continue;
    found++;
    assert(mayHaveStatus(text), JSON.stringify(text));
  }
  assert(found > 300, String(found));
});
