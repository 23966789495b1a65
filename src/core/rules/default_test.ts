import { assert, assertEquals } from "@std/assert";
import { bytes } from "../../testing/builders.ts";
import { Monitor } from "../monitor.ts";
import { CLASSIC_RULES } from "./classic.ts";
import { DEFAULT_RULES } from "./default.ts";

/** The rule of `default` that fires on these lines, as at the end of a stream. */
function fired(lines: readonly string[], rules = DEFAULT_RULES): string | undefined {
  const monitor = new Monitor({ rules, bufferLines: 100, contextLines: 10 });
  monitor.push("stderr", bytes(lines.join("\n")), 0);
  monitor.end("stderr", 0);
  return monitor.evaluate(Infinity)?.rule.id;
}

// What the analysis gives as an example of each rule.
const EXAMPLES: [id: string, lines: string[]][] = [
  ["machine-type", [
    "InvalidArgument: 400 Machine type 'n2-standard-4' is not supported for GPU 'NVIDIA_TESLA_T4'" +
    " in zone 'us-central1-a'",
  ]],
  ["invalid-argument", ["InvalidArgument: 400 Invalid GPU count: 0 (must be >= 1)"]],
  ["permission-denied", [
    "PermissionDenied: 403 User lacks IAM permission 'aiplatform.customJobs.create' on project 'x'",
  ]],
  ["not-found", ["NotFound: 404 GCS bucket gs://arr-coc-staging-bucket does not exist"]],
  ["quota", ["QuotaExceeded: Quota 'NVIDIA_T4_GPUS' exceeded. Limit: 0 per region."]],
  ["quota", ["ResourceExhausted: Insufficient capacity for NVIDIA_TESLA_T4 in us-central1-a"]],
  ["repeated-failures", [
    "FAILED to submit job to Vertex AI",
    "Retrying submission...",
    "FAILED to submit job to Vertex AI",
    "Retrying submission...",
    "FAILED to submit job to Vertex AI",
  ]],
  ["python-exception", [
    "Traceback (most recent call last):",
    '  File "/usr/local/lib/python3.10/wandb/sdk/launch/agent.py", line 234, in run_job',
    "    job_config = self._build_vertex_config(launch_spec)",
    '  File "/usr/local/lib/python3.10/wandb/sdk/launch/agent.py", line 456, in _build',
    "    machine_type = config['machine_type']",
    "KeyError: 'machine_type'",
  ]],
  ["http-error", ["HttpError: <HttpError 401 Unauthorized>"]],
  ["http-error", ["HttpError: <HttpError 502 Bad Gateway>"]],
  ["service-error", [
    "ServiceUnavailable: 503 Vertex AI service temporarily unavailable",
    "Internal Error: 500 An internal error occurred",
  ]],
  ["service-error", [
    "Internal error: 500 Worker pool allocation failed",
    "Internal error: 500 Worker pool allocation failed",
  ]],
  ["agent-init", ["Failed to initialize W&B Launch agent: API key invalid"]],
  ["agent-init", ["wandb: ERROR: Failed to connect to wandb.ai (connection timeout)"]],
  ["agent-init", ["Unable to connect to wandb.ai: DNS resolution failed"]],
  ["image-pull", ["Failed to pull image us-central1-docker.pkg.dev/x/y: not found"]],
  ["image-pull", ["Pod is in ImagePullBackOff"]],
  ["image-pull", ["ErrImagePull: rpc error"]],
];
for (const [id, lines] of EXAMPLES) {
  Deno.test(`default: ${id} fires on the analysis' example: ${lines[0]}`, () => {
    assertEquals(fired(lines), id);
  });
}

for (
  const [message, reason] of [
    ["Error response from daemon", "toomanyrequests"],
    ["initializing source docker", "//trainer:latest: not there"],
  ] as const
) {
  Deno.test(`default: image-pull fires on "${message}" whose reason is another field`, () => {
    assertEquals(fired([JSON.stringify({ level: "error", message, reason })]), "image-pull");
  });
}

// A status counts when it stands twice in the window; so each line is shown twice.
const SERVICE_ERRORS = [
  "HTTP 503",
  "HTTP 500.",
  "HTTP/1.1 500",
  "HTTP/2 503",
  "HTTP Error 503: Service Unavailable",
  "HTTP status 500",
  "status=500",
  "status: 503",
  "status code: 500",
  "status_code=503,",
  "statusCode: 500",
  '"status": 503',
  '"status": "503"',
  "http_status: 500",
  "the status was 503",
  "Internal error: 500",
  "Internal Error: 500 An internal error occurred",
  "Internal Server Error",
  "InternalServerError",
  "code: 503",
  "code=500",
  '"code": 503,',
  "error code 500",
  "error_code: 503",
  "503 Service Unavailable",
  "503 Service Temporarily Unavailable",
  "500 Server Error: Internal Server Error for url: https://api.wandb.ai/graphql",
  "HttpError 503 when requesting https://aiplatform.googleapis.com/v1 returned x",
  "ServiceUnavailable: 503 Vertex AI service temporarily unavailable",
  "google.api_core.exceptions.ServiceUnavailable: 503 failed to connect",
];
for (const line of SERVICE_ERRORS) {
  Deno.test(`default: twice is a service error, once is none: ${line}`, () => {
    assertEquals([fired([line]), fired([line, line])], [undefined, "service-error"]);
  });
}

const HEALTHY = [
  "step 499/1000",
  "step 500/1000",
  "step 1500/2000",
  "epoch 500",
  "loss 0.503",
  "loss: 503.25",
  "port 5003",
  "listening on :500",
  "listening on 0.0.0.0:503",
  "503 bytes",
  "batch 500",
  "batch: 503",
  "took 500 ms",
  "took 0.500s",
  "status: 500.2 ms",
  "status: 500ms",
  "HTTP: 503kB/s",
  "status: 500/1000",
  "status: 5000",
  "status: 200",
  "code: 500/1000",
  "code: 500,000",
  "code: 50",
  "exit code 50",
  "exit code: 5",
  "zip code 50300",
  "barcode 500",
  "HTTP 200",
  "HTTP/1.1 200 OK 500",
  "v1.500.3",
  "id=f500a503",
  "lr=5e-03, samples=500",
  "2025-11-16 12:00:00.503 INFO ready",
  "Error: internal state saved",
  "InternalErrorCount=0",
];
for (const line of HEALTHY) {
  Deno.test(`default: no rule fires on: ${line}`, () => {
    assertEquals(fired(Array.from({ length: 10 }, () => line)), undefined);
  });
}

Deno.test("the default rules differ from the classic ones only in how they match", () => {
  assertEquals(DEFAULT_RULES.length, 11);
  for (const [index, rule] of DEFAULT_RULES.entries()) {
    const { id, category, title, reason, window, threshold } = CLASSIC_RULES[index]!;
    const { id: ownId, category: ownCategory, title: ownTitle, reason: ownReason } = rule;
    assertEquals([ownId, ownCategory, ownTitle, ownReason], [id, category, title, reason]);
    assertEquals([rule.window, rule.threshold], [window, threshold]);
  }
});

Deno.test("every default rule says how to mend the error and has tests of its own", () => {
  for (const { id, advice, tests } of DEFAULT_RULES) {
    assert(advice !== undefined && tests?.match?.length && tests.noMatch?.length, id);
  }
});

Deno.test("default: a chained traceback is one failure, not two", () => {
  const one = ["Traceback (most recent call last):", "  FAILED()", "SystemExit: 0"];
  const chained = [
    ...one.slice(0, 2),
    "AError",
    "",
    "During handling of the above exception, another exception occurred:",
    "",
    ...one,
  ];
  assertEquals(fired([...chained, "next", ...chained, "next"]), undefined);
  assertEquals(fired([...one, ...one, ...one, "next"]), "repeated-failures");
});

for (const rule of DEFAULT_RULES) {
  for (const log of rule.tests?.match ?? []) {
    Deno.test(`default: ${rule.id} fires on its own example ${JSON.stringify(log.slice(0, 60))}`, () => {
      assertEquals(fired(log.split("\n")), rule.id);
    });
  }
  for (const log of rule.tests?.noMatch ?? []) {
    Deno.test(`default: ${rule.id} doesn't fire on ${JSON.stringify(log.slice(0, 60))}`, () => {
      assertEquals(fired(log.split("\n")), undefined);
    });
  }
}
