/** Lines that lead through most of what a first match needs: Monitor's `warmUp` reads them. */
export const SAMPLE_LINES: readonly string[] = [
  "google.api_core.exceptions.InvalidArgument: 400 Machine type 'n1' is not supported",
  "wandb: ERROR launch: Error running job: Failed to create Vertex job: 403 Permission denied",
  '{"severity": "ERROR", "message": "Failed to pull image: rpc error: code = NotFound"}',
  "2026-01-01 12:00:00,000 WARNING service: HTTP 503 Service Unavailable, retrying",
];
