import { assertEquals } from "@std/assert";
import { announcesHandled, dismiss } from "./dismissal.ts";

const DISMISSED: [text: string, reason: string][] = [
  ["ServiceUnavailable: 503, retrying in 2 s", "it announces a retry"],
  ["429 Too Many Requests, will retry", "it announces a retry"],
  ['raise PermissionDenied("403")', "it is a line of source code"],
  ["agent/retry.py:32:        # e.g. HttpError: <HttpError 503", "it is a line of source code"],
  ["test_denied PASSED", "it is a test's result"],
  ['10.0.0.1 - "GET /admin HTTP/1.1" 403 12', "it is a line of an access log"],
  ["{'args': ['--on-error', 'InvalidArgument: 400']}", "it has it as a value"],
  ["{'name': 'x'}", "it echoes a value"],
  ["retry_on: [403, 429]", "it echoes a setting"],
  ["NotFound: 404 bucket, creating it", "it says that the error was handled"],
  ["finished with 0 errors", "it counts none"],
];

for (const [text, reason] of DISMISSED) {
  Deno.test(`dismiss() of ${JSON.stringify(text)}: ${reason}`, () => {
    assertEquals(dismiss(text, undefined)?.reason, reason);
  });
}

const STATED = [
  "PermissionDenied: 403 The caller does not have permission",
  "UNAUTHENTICATED: Request is missing a credential. Expected OAuth 2 access token.",
  "403 Vertex AI API has not been used. Enable it by visiting the console and then retry.",
  "giving up after 3 retries: 503",
  "Max retries exceeded with url: /v1 (Caused by ResponseError('too many 503 error responses'))",
  "BucketNotFoundException: 404 gs://demo bucket does not exist.",
  "InvalidArgument: 400 Invalid GPU count: 0 (must be >= 1)",
  "unhandled error: PermissionDenied: 403",
];

for (const text of STATED) {
  Deno.test(`dismiss() lets ${JSON.stringify(text)} be an error`, () => {
    assertEquals(dismiss(text, undefined), undefined);
  });
}

Deno.test("dismiss() believes a logger that calls a line less than an error", () => {
  assertEquals(dismiss("PermissionDenied: 403", "warning")?.reason, "its level is warning");
  assertEquals(dismiss("PermissionDenied: 403", "error"), undefined);
});

Deno.test("announcesHandled() knows the message before a traceback that was dealt with", () => {
  assertEquals(announcesHandled("tensorboard is not ready, continuing without it", "debug"), true);
  assertEquals(announcesHandled("Retrying submit in 2 seconds", "warning"), true);
  assertEquals(announcesHandled("--- Logging error ---", undefined), true);
  assertEquals(announcesHandled("submitting job", "info"), false);
  assertEquals(announcesHandled("upload failed, continuing without it", "error"), false);
});
