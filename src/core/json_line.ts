import { type Level, parseLevel } from "./level.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** What a structured logger's line says, in the fields that the common ones use. */
export interface JsonLine {
  readonly object: JsonObject;
  readonly message: string | undefined;
  readonly reason: string | undefined;
  readonly level: Level | undefined;
  /** A printed exception: `exc_info`, `stack_trace`, … */
  readonly exception: string | undefined;
  /** An error body in it: `{"error": {"code": 403, "status": "PERMISSION_DENIED"}}`. */
  readonly error: JsonObject;
}

/** The object that a line consists of; `undefined` if it isn't one. */
export function parseJsonLine(text: string): JsonLine | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) return undefined;
  try {
    return readEnvelope(JSON.parse(trimmed) as JsonObject);
  } catch {
    return undefined;
  }
}

function readEnvelope(object: JsonObject): JsonLine {
  const payload = asObject(object.jsonPayload) ?? object;
  // loguru: {"text": "the whole line", "record": {…}}
  const record = asObject(payload.record);
  const level = text(payload, "severity", "level", "levelname", "lvl", "log.level") ??
    text(object, "severity", "level") ??
    text(asObject(record?.level) ?? {}, "name");
  const error = asObject(payload.error) ?? asObject(payload.status) ?? {};
  return {
    object,
    message: text(payload, "message", "msg", "textPayload", "event", "log", "detail") ??
      (record === undefined ? undefined : text(payload, "text")) ?? text(error, "message"),
    reason: text(payload, "reason"),
    level: level === undefined ? undefined : parseLevel(level),
    exception:
      text(payload, "exc_info", "exception", "stack_trace", "stack", "traceback", "error") ??
        text(error, "stack_trace", "stack", "traceback"),
    error: Object.keys(error).length > 0 ? error : payload,
  };
}

/** The value at `a.b`; a key that has the dot in it comes first. */
export function fieldAt(object: JsonObject, path: string): unknown {
  if (Object.hasOwn(object, path)) return object[path];
  let value: unknown = object;
  for (const key of path.split(".")) {
    const parent = asObject(value);
    value = parent !== undefined && Object.hasOwn(parent, key) ? parent[key] : undefined;
  }
  return value;
}

function text(object: JsonObject, ...keys: string[]): string | undefined {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === "string") return value;
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as JsonObject
    : undefined;
}
