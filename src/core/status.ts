/**
 * The canonical status codes of google.rpc.Code (google/rpc/code.proto), errors only, with the HTTP
 * code that the proto maps each to.
 */
export const STATUS_CODES = {
  CANCELLED: { number: 1, http: 499 },
  UNKNOWN: { number: 2, http: 500 },
  INVALID_ARGUMENT: { number: 3, http: 400 },
  DEADLINE_EXCEEDED: { number: 4, http: 504 },
  NOT_FOUND: { number: 5, http: 404 },
  ALREADY_EXISTS: { number: 6, http: 409 },
  PERMISSION_DENIED: { number: 7, http: 403 },
  RESOURCE_EXHAUSTED: { number: 8, http: 429 },
  FAILED_PRECONDITION: { number: 9, http: 400 },
  ABORTED: { number: 10, http: 409 },
  OUT_OF_RANGE: { number: 11, http: 400 },
  UNIMPLEMENTED: { number: 12, http: 501 },
  INTERNAL: { number: 13, http: 500 },
  UNAVAILABLE: { number: 14, http: 503 },
  DATA_LOSS: { number: 15, http: 500 },
  UNAUTHENTICATED: { number: 16, http: 401 },
} as const;

export type StatusName = keyof typeof STATUS_CODES;

/** Exception classes and reasons that mean a canonical status under another name. */
const ALIASES: Readonly<Record<string, StatusName>> = {
  Forbidden: "PERMISSION_DENIED",
  AccessDenied: "PERMISSION_DENIED",
  AccessDeniedException: "PERMISSION_DENIED",
  Unauthorized: "UNAUTHENTICATED",
  DefaultCredentialsError: "UNAUTHENTICATED",
  RefreshError: "UNAUTHENTICATED",
  NoSuchBucket: "NOT_FOUND",
  NoSuchKey: "NOT_FOUND",
  BadRequest: "INVALID_ARGUMENT",
  TooManyRequests: "RESOURCE_EXHAUSTED",
  QuotaExceeded: "RESOURCE_EXHAUSTED",
  InternalServerError: "INTERNAL",
  InternalError: "INTERNAL",
  ServiceUnavailable: "UNAVAILABLE",
  BadGateway: "UNAVAILABLE",
  GatewayTimeout: "DEADLINE_EXCEEDED",
};

/** `PermissionDenied` for `PERMISSION_DENIED`: how google.api_core and Go spell it. */
function camelCase(name: string): string {
  return name.split("_").map((word) => word[0] + word.slice(1).toLowerCase()).join("");
}

/** Every name of a status, in each spelling. */
export const BY_NAME: ReadonlyMap<string, StatusName> = new Map<string, StatusName>([
  ...(Object.keys(STATUS_CODES) as StatusName[]).flatMap((name): [string, StatusName][] => [
    [name, name],
    [camelCase(name), name],
  ]),
  ...Object.entries(ALIASES),
]);

export const BY_NUMBER: ReadonlyMap<number, StatusName> = new Map(
  Object.entries(STATUS_CODES).map(([name, { number }]) => [number, name as StatusName]),
);

export const BY_HTTP: ReadonlyMap<number, StatusName> = new Map<number, StatusName>([
  [400, "INVALID_ARGUMENT"],
  [401, "UNAUTHENTICATED"],
  [403, "PERMISSION_DENIED"],
  [404, "NOT_FOUND"],
  [409, "ALREADY_EXISTS"],
  [422, "INVALID_ARGUMENT"],
  [429, "RESOURCE_EXHAUSTED"],
  [500, "INTERNAL"],
  [501, "UNIMPLEMENTED"],
  [502, "UNAVAILABLE"],
  [503, "UNAVAILABLE"],
  [504, "DEADLINE_EXCEEDED"],
]);

/** The reasons in Google's older REST bodies. */
export const BY_REASON: ReadonlyMap<string, StatusName> = new Map([
  ["notFound", "NOT_FOUND"],
  ["forbidden", "PERMISSION_DENIED"],
  ["insufficientPermissions", "PERMISSION_DENIED"],
  ["authError", "UNAUTHENTICATED"],
  ["quotaExceeded", "RESOURCE_EXHAUSTED"],
  ["rateLimitExceeded", "RESOURCE_EXHAUSTED"],
  ["invalid", "INVALID_ARGUMENT"],
  ["badRequest", "INVALID_ARGUMENT"],
  ["backendError", "UNAVAILABLE"],
  ["internalError", "INTERNAL"],
]);
