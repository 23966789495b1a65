import type { Mended } from "./default.ts";
import { BARE_HTTP_ERROR } from "./default_service.ts";

/** The words in either order, and what other services say of it. */
const UNSUPPORTED_MACHINE =
  "[Mm]achine[ _-]?[Tt]ype\\b.*\\b(?:is|are|was)? ?(?:not supported|unsupported|not available|not valid|invalid|incompatible)\\b" +
  "|\\b(?:not supported|unsupported|incompatible)\\b.*\\b(?:for|by|with) machine[ _-]?type\\b" +
  "|\\b(?:[Uu]nsupported|[Ii]nvalid) machine[ _-]?type\\b" +
  "|\\bdoes(?: not|n't) support machine[ _-]?type\\b";

/** Rules for what an API says is wrong with a request: they test facts. */
export const REQUEST_RULES: readonly Mended[] = [
  {
    id: "machine-type",
    hints: ["achine"],
    alsoHints: ["support", "not available", "not valid", "nvalid", "incompatible"],
    advice:
      "Choose a machine type that supports the accelerator in this region: compare with the " +
      "table of Vertex AI's compute resources, and change the launch queue's configuration.",
    docs: "https://cloud.google.com/vertex-ai/docs/training/configure-compute",
    matcher: {
      kind: "facts",
      anyOf: [{ error: true, text: UNSUPPORTED_MACHINE }, {
        http: [400],
        text: UNSUPPORTED_MACHINE,
      }],
    },
    tests: {
      match: [
        "InvalidArgument: 400 Machine type 'n2-standard-4' is not supported for GPU 'NVIDIA_TESLA_T4'",
        "wandb: ERROR launch: Error running job: 400 Accelerator NVIDIA_TESLA_T4 is not supported for machine type n2-standard-4.",
      ],
      noMatch: [
        "INFO machine type n2-standard-4 is supported in us-central1",
        "WARNING: machine type n1-standard-1 is not supported, falling back to n2-standard-4",
      ],
    },
  },
  {
    id: "invalid-argument",
    hints: ["is invalid"],
    advice: "The request itself is wrong: read the message for the field, and change the job's " +
      "configuration (GPU count, region, disk size, image URI).",
    docs: "https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.customJobs",
    matcher: {
      kind: "facts",
      anyOf: [
        {
          status: ["INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE"],
        },
        { text: '^The \\S+ "[^"]+" is invalid: ' },
      ],
    },
    except: [BARE_HTTP_ERROR],
    tests: {
      match: [
        "InvalidArgument: 400 Invalid GPU count: 0 (must be >= 1)",
        "google.api_core.exceptions.FailedPrecondition: 400 The bucket is in another region",
        '  "status": "INVALID_ARGUMENT",',
      ],
      noMatch: ["step 400/1000", "raise InvalidArgument: 400"],
    },
  },
  {
    id: "permission-denied",
    hints: ["redentials", "google.auth", "permission", "logged in", "active account", "auth"],
    alsoHints: [
      "not have ",
      "o Google",
      "o GCP",
      "o valid",
      "asked for the client",
      "determine credentials",
      "credentials were not found",
      "google.auth.exceptions.",
      "active account selected",
      "eauthentication failed",
      "current auth tokens",
      "must be logged in",
    ],
    advice: "Grant the service account the missing role, roles/aiplatform.user for Vertex AI and " +
      "roles/artifactregistry.reader for images, or give it credentials at all.",
    docs: "https://cloud.google.com/vertex-ai/docs/general/access-control",
    matcher: {
      kind: "facts",
      anyOf: [
        { status: ["PERMISSION_DENIED", "UNAUTHENTICATED"] },
        {
          error: true,
          text:
            "\\b(?:does|do) not have (?:the )?(?:required )?permission|caller does not have permission" +
            "|active account selected|Reauthentication failed|current auth tokens" +
            "|must be logged in to the server|asked for the client to provide credentials" +
            "|[Nn]o (?:Google Cloud Platform|GCP|Google|valid) credentials",
        },
        {
          text:
            "Could not automatically determine credentials|google\\.auth\\.exceptions\\.\\w+|[Dd]efault credentials were not found",
        },
      ],
    },
    except: [
      BARE_HTTP_ERROR,
      "\\bapi\\.wandb\\.ai\\b|\\bwandb\\.errors\\.|W&B API|reach out to the project owner|not logged in",
      "[Pp]ull(?:ing)? (?:image|access)|ErrImagePull|/manifests/|reading manifest|[Ff]ailed to pull",
      "\\b[Qq]uota\\b.*\\b[Ee]xceeded|\\b[Ee]xceeded quota|rateLimitExceeded|quotaExceeded",
    ],
    tests: {
      match: [
        "PermissionDenied: 403 Service account lacks IAM permission",
        "wandb: ERROR launch: Error running job: Failed to create Vertex job: 403 Permission 'aiplatform.customJobs.create' denied",
        "ERROR: (gcloud.ai.custom-jobs.create) PERMISSION_DENIED: The caller does not have permission",
        "\tstatus = StatusCode.PERMISSION_DENIED",
        "rpc error: code = PermissionDenied desc = denied",
        '{"severity": "ERROR", "message": "submit failed", "code": 403, "status": "PERMISSION_DENIED"}',
        "google.auth.exceptions.DefaultCredentialsError: Could not automatically determine credentials.",
        "401 Unauthenticated: Request had invalid authentication credentials",
      ],
      noMatch: [
        "see https://example.com/errors/403 for more",
        "retry_on: [403, 429]",
        'INFO: 10.0.0.1:1234 - "GET /admin HTTP/1.1" 403 Forbidden',
        "WARNING: PermissionDenied: 403 on the first bucket, trying the next",
      ],
    },
  },
  {
    id: "not-found",
    hints: ["The resource"],
    advice:
      "Something that the job names doesn't exist: create it (`python training/cli.py setup` " +
      "makes the service account, the bucket and the registry), or mend its name.",
    matcher: {
      kind: "facts",
      anyOf: [
        { status: ["NOT_FOUND"] },
        { text: "^\\s*(?:- )?The resource '[^']+' was not found" },
      ],
    },
    except: [
      BARE_HTTP_ERROR,
      "[Pp]ull(?:ing)? image|ErrImagePull|[Ff]ailed to pull|failed to resolve ref|manifest unknown",
      "/manifests/|reading manifest",
    ],
    tests: {
      match: [
        "NotFound: 404 GCS bucket gs://arr-coc-staging-bucket does not exist",
        "google.api_core.exceptions.NotFound: 404 GET https://storage.googleapis.com/b/x: Not Found",
      ],
      noMatch: [
        "downloaded 404 of 1000 files",
        "NotFound: 404 bucket gs://cache does not exist, creating it",
      ],
    },
  },
];
