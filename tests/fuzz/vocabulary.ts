import { CLASSIC_RULES } from "../../src/core/rules/classic.ts";
import { DEFAULT_RULES } from "../../src/core/rules/default.ts";
import { BY_NAME } from "../../src/core/status.ts";

/** Lines that the rules' own tests hold them to, whichever way. */
export const RULE_LINES = DEFAULT_RULES.flatMap(({ tests }) =>
  [...tests?.match ?? [], ...tests?.noMatch ?? []].flatMap((log) => log.split("\n"))
);

/** Pieces of the classic patterns: `Failed to pull image`, `Internal`, `rror`. */
export const RULE_WORDS = CLASSIC_RULES.flatMap(({ matcher }) =>
  matcher.kind === "pattern" ? matcher.pattern.split(/[|.*[\]{}]+/) : []
).filter((word) => /[a-z]{3}/i.test(word));

export const STATUS_NAMES = [...BY_NAME.keys()];
export const HTTP_CODES = [400, 401, 403, 404, 408, 409, 412, 429, 500, 502, 503, 504, 200, 499];
export const REASONS = ["Not Found", "Forbidden", "Bad Request", "Service Unavailable", "Conflict"];

/** `N` a status' name, `C` an HTTP code, `R` a reason phrase. */
export const ERROR_FORMS = [
  "google.api_core.exceptions.N: C Permission 'x' denied",
  "N: C quota exceeded",
  "N",
  "<Future at 0x7f state=finished raised N>",
  "rpc error: code = N desc = no",
  "\tstatus = StatusCode.N",
  '\tdetails = "N: C GET https://a.b/C"',
  "codes.N",
  'HttpError: <HttpError C when requesting https://a.b/c returned "R">',
  "ERROR: (gcloud.ai.custom-jobs.create) N: The caller lacks it",
  "failed to submit: C Machine type n1 is not supported",
  "error: request failed: C {",
  "HTTP C",
  "HTTP/1.1 C R",
  "C R",
  "C GET https://storage.googleapis.com/b/x: R",
  "x: C Client Error: R for url: https://a.b",
  "status=C",
  "status code: C",
  "code: C",
  "code: 8",
  'code: 7 message: "denied"',
  '"reason": "notFound", "code": C',
  "Unable to connect to W&B",
  "error C: no",
  "(N)",
  "Response [C]",
  "ApiException: (C)",
  "too many C error responses",
  "step C/1000",
  'GET /x HTTP/1.1" C 12',
];

export const PREFIXES = [
  "",
  "wandb: ",
  "wandb: ERROR ",
  "wandb: ERROR launch: ",
  "wandb: WARNING ",
  "ERROR:root:",
  "ERROR|",
  "ERROR ",
  "[ERROR] ",
  "INFO ",
  "DEBUG:app:",
  "WARNING: ",
  "2025-11-16 12:00:00,123 ERROR ",
  "2025-11-16T12:00:00Z ",
  "E1124 10:00:00.123456   12345 pod_workers.go:1301] ",
  "[pod-1] ",
  "agent-1  | ",
  "level=error msg=",
  "2025-11-16 12:00:00.123 | ERROR    | app:run:133 - ",
  "app - ERROR - ",
  "- ",
];

/** Lines about retries, recovery, tests and settings: what a word's neighbours may say. */
export const CONTEXT_LINES = [
  "retrying in 2 seconds",
  "Retrying (attempt 3 of 5)",
  "giving up after 5 retries",
  "job submitted successfully",
  "recovered",
  "succeeded",
  "ignored, falling back to the default",
  "--- Logging error ---",
  "Successfully pulled image",
  "============================= test session starts =============================",
  "=========================== 1 failed, 2 passed in 0.12s ===========================",
  "=================================== FAILURES ===================================",
  "tests/test_a.py::test_b FAILED [ 50%]",
  "retry_on: [403, 429]",
  "    raise PermissionDenied(403)",
  "403 Forbidden",
  "404 Not Found",
  "",
  "...",
  ">",
  "   ",
  "│ 10%|█▏   | 500/1000",
  "naïve café 🚀 503",
];
