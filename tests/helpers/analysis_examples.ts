/** What the user's analysis says of each rule: its report, and every example of a log it gives. */
export interface AnalysisRule {
  id: string;
  title: string;
  reason: string;
  /** `--exit-codes category`. */
  code: number;
  /** Each is a whole log that has to fire the rule. */
  examples: string[][];
  /** Logs that only `default` recognises: the classic rule misses them, as the script does. */
  onlyDefault?: string[][];
}

const one = (...lines: string[]) => lines.map((line) => [line]);

export const ANALYSIS_RULES: AnalysisRule[] = [
  {
    id: "machine-type",
    title: "Machine type not supported!",
    reason: "this error will not self-resolve",
    code: 10,
    examples: one(
      "InvalidArgument: 400 Machine type 'n2-standard-4' is not supported for GPU 'NVIDIA_TESLA_T4' in zone 'us-central1-a'",
      "InvalidArgument: 400 Machine type 'n2-standard-4' is not supported for GPU 'NVIDIA_TESLA_T4'",
    ),
  },
  {
    id: "invalid-argument",
    title: "Invalid argument (400)!",
    reason: "config error, will not self-resolve",
    code: 10,
    examples: one(
      "InvalidArgument: 400 Invalid GPU count: 0 (must be >= 1)",
      "InvalidArgument: 400 Region 'us-east1' does not support GPU type 'NVIDIA_TESLA_T4'",
      "InvalidArgument: 400 Disk size must be at least 100GB for custom images",
    ),
  },
  {
    id: "permission-denied",
    title: "Permission denied (403)!",
    reason: "IAM permissions missing",
    code: 11,
    examples: one(
      "PermissionDenied: 403 Service account arr-coc-sa@project.iam.gserviceaccount.com does not have permission to access Vertex AI",
      "PermissionDenied: 403 User lacks IAM permission 'aiplatform.customJobs.create' on project 'arr-coc-ovis'",
      "PermissionDenied: 403 Artifact Registry access denied for image us-central1-docker.pkg.dev/...",
      "PermissionDenied: 403 Service account lacks IAM permission",
    ),
  },
  {
    id: "not-found",
    title: "Resource not found (404)!",
    reason: "resource doesn't exist",
    code: 11,
    examples: one(
      "NotFound: 404 Service account arr-coc-sa@project.iam.gserviceaccount.com does not exist",
      "NotFound: 404 Docker image us-central1-docker.pkg.dev/.../arr-trainer:latest not found",
      "NotFound: 404 GCS bucket gs://arr-coc-staging-bucket does not exist",
      "NotFound: 404 Artifact Registry repository arr-coc-registry not found",
    ),
  },
  {
    id: "quota",
    title: "Quota exceeded!",
    reason: "quota limit reached",
    code: 12,
    examples: one(
      "QuotaExceeded: Quota 'NVIDIA_T4_GPUS' exceeded. Limit: 0 per region.",
      "ResourceExhausted: Insufficient capacity for NVIDIA_TESLA_T4 in us-central1-a",
      "QuotaExceeded: Maximum number of concurrent Vertex AI jobs (100) reached",
      "ResourceExhausted: Not enough IP addresses in subnet for worker pool",
      "QuotaExceeded: Quota 'NVIDIA_T4_GPUS' exceeded. Limit: 0",
    ),
  },
  {
    id: "repeated-failures",
    title: "Repeated failures in agent logs!",
    reason: "persistent error detected",
    code: 14,
    examples: [
      [
        "FAILED to submit job to Vertex AI",
        "Retrying submission...",
        "FAILED to submit job to Vertex AI",
        "Retrying submission...",
        "FAILED to submit job to Vertex AI",
      ],
      [
        "FAILED to submit job to Vertex AI",
        "FAILED to submit job to Vertex AI",
        "FAILED to submit job to Vertex AI",
      ],
    ],
  },
  {
    id: "python-exception",
    title: "Unhandled Python exception!",
    reason: "exception in agent code",
    code: 15,
    examples: [
      [
        "Traceback (most recent call last):",
        '  File "test.py", line 5, in func',
        "    return config['missing_key']",
        "KeyError: 'missing_key'",
      ],
    ],
    onlyDefault: [
      [
        "Traceback (most recent call last):",
        '  File "/usr/local/lib/python3.10/wandb/sdk/launch/agent.py", line 234, in run_job',
        "    job_config = self._build_vertex_config(launch_spec)",
        '  File "/usr/local/lib/python3.10/wandb/sdk/launch/agent.py", line 456, in _build_vertex_config',
        "    machine_type = config['machine_type']",
        "KeyError: 'machine_type'",
      ],
    ],
  },
  {
    id: "http-error",
    title: "HTTP error from GCP API!",
    reason: "API error detected",
    code: 13,
    examples: one(
      "HttpError: <HttpError 401 Unauthorized>",
      "HttpError: <HttpError 429 Too Many Requests>",
      "HttpError: <HttpError 500 Internal Server Error>",
      "HttpError: <HttpError 502 Bad Gateway>",
    ),
  },
  {
    id: "service-error",
    title: "Persistent GCP service error (500/503)!",
    reason: "repeated service failures",
    code: 13,
    examples: [
      ["ServiceUnavailable: 503 Vertex AI service temporarily unavailable"],
      ["Internal Error: 500 An internal error occurred"],
      ["Internal error: 500 Worker pool allocation failed"],
    ].map(([line]) => [line!, "Retrying in 30 seconds...", line!]),
  },
  {
    id: "agent-init",
    title: "W&B agent initialization failure!",
    reason: "cannot connect to W&B",
    code: 16,
    examples: one(
      "Failed to initialize W&B Launch agent: API key invalid",
      "wandb: ERROR: Failed to connect to wandb.ai (connection timeout)",
      "Unable to connect to wandb.ai: DNS resolution failed",
      "wandb: ERROR: Failed to authenticate - API key not found",
    ),
  },
  {
    id: "image-pull",
    title: "Container image pull failure!",
    reason: "cannot pull Docker image",
    code: 17,
    examples: one(
      "ImagePullBackOff: Failed to pull image us-central1-docker.pkg.dev/.../arr-trainer:latest",
      "ErrImagePull: manifest not found for us-central1-docker.pkg.dev/.../arr-trainer:latest",
      "Failed to pull image: permission denied for us-central1-docker.pkg.dev/.../arr-trainer:latest",
      "Failed to pull image: image does not exist",
    ),
  },
];
