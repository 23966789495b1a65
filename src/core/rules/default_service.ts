import type { Mended } from "./default.ts";

/** A bare `<HttpError 401 Unauthorized>`, or any of a server's own faults, is for http-error. */
export const BARE_HTTP_ERROR = "<HttpError (?:5\\d\\d|\\d{3} [A-Z][A-Za-z ]*>)";

/** Rules for what an API says of itself, of the service or of what is left of it: they test facts. */
export const SERVICE_RULES: readonly Mended[] = [
  {
    id: "quota",
    hints: ["uota", "enough resources", "POOL_EXHAUSTED"],
    alsoHints: ["xceed", "enough resources", "POOL_EXHAUSTED"],
    advice: "Ask for more quota (Cloud console, IAM & Admin, Quotas), choose another region or " +
      "accelerator, or wait until capacity is free.",
    docs: "https://cloud.google.com/vertex-ai/docs/quotas",
    retryable: true,
    matcher: {
      kind: "facts",
      anyOf: [
        { status: ["RESOURCE_EXHAUSTED"] },
        {
          text:
            "RESOURCE_POOL_EXHAUSTED|not have enough resources available|\\b(?:[Ee]xceed(?:s|ed)? (?:\\w+ )?quota|[Qq]uotas? (?:\\S+ )?(?:is |are |was |has been |have been )?exceeded)\\b",
        },
      ],
    },
    except: [BARE_HTTP_ERROR, "[Dd]isk quota exceeded|\\b[Nn]o quota"],
    tests: {
      match: [
        "QuotaExceeded: Quota 'NVIDIA_T4_GPUS' exceeded. Limit: 0 per region.",
        "ResourceExhausted: Insufficient capacity for NVIDIA_TESLA_T4 in us-central1-a",
        'code: 8 message: "The following quota metrics exceed quota limits: custom_model_training_nvidia_t4_gpus"',
        "google.api_core.exceptions.TooManyRequests: 429 POST https://aiplatform.googleapis.com/v1: Too Many Requests",
      ],
      noMatch: [
        "429 Too Many Requests, retrying in 2 s",
        "quota used: 12 of 100",
      ],
    },
  },
  {
    id: "http-error",
    hints: ["HttpError", "HTTPError", "HTTPStatusError", "ClientResponseError"],
    advice: "A Google API refused the call: the code in the message says why (401: credentials, " +
      "429: too many calls, 5xx: the service).",
    matcher: {
      kind: "facts",
      anyOf: [
        { tool: ["googleapiclient"], text: "<HttpError [45]\\d\\d\\b" },
        {
          error: true,
          text:
            "\\b(?:HTTPError|HTTPStatusError|ClientResponseError): .*\\b(?:40[25-8]|41\\d|5\\d\\d)\\b",
        },
      ],
    },
    tests: {
      match: [
        "HttpError: <HttpError 401 Unauthorized>",
        'googleapiclient.errors.HttpError: <HttpError 500 when requesting https://ml.googleapis.com/v1/x returned "Internal error">',
      ],
      noMatch: ["HttpError 503, retrying in 4 seconds", "class HttpError: 500"],
    },
  },
  {
    id: "service-error",
    hints: ["nternal"],
    alsoHints: ["rror"],
    advice:
      "The service fails again and again: look at its status page, and run the job again later.",
    docs: "https://status.cloud.google.com",
    retryable: true,
    withinMs: 30 * 60_000,
    matcher: {
      kind: "facts",
      anyOf: [
        { status: ["UNAVAILABLE", "INTERNAL", "DEADLINE_EXCEEDED"] },
        { text: "\\bInternal (?:[Ss]erver )?[Ee]rror\\b" },
      ],
    },
    clears: [
      "\\b(?:succeeded|success(?:ful(?:ly)?)?|recovered|reconnected|back online)\\b",
      "\\bjob (?:submitted|created|started|running)\\b",
    ],
    tests: {
      match: [
        "ServiceUnavailable: 503 Vertex AI service temporarily unavailable\nInternal error: 500 Worker pool allocation failed",
        "HTTP 503\nstatus=500",
      ],
      noMatch: [
        "ServiceUnavailable: 503 Vertex AI service temporarily unavailable",
        "step 499/1000\nstep 500/1000\nstep 1500/2000",
        "HTTP 503\nsubmission succeeded\nHTTP 503",
      ],
    },
  },
];
