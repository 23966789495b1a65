// What Cloud Logging makes of a line of JSON, and of a filter: as far as our examples need it.

export type LogEntry = Record<string, unknown>;

/**
 * The entry of a JSON line that a container of a Cloud Run job printed: special fields become the
 * entry's own, the rest is its payload. https://cloud.google.com/logging/docs/structured-logging
 */
export function toLogEntry(line: string, jobName: string): LogEntry {
  const { severity, time, "logging.googleapis.com/labels": labels, ...payload } = JSON.parse(line);
  return {
    resource: { type: "cloud_run_job", labels: { job_name: jobName } },
    timestamp: time,
    severity,
    labels,
    jsonPayload: payload,
  };
}

/** Whether an entry fits a filter of lines like `a.b = "text"`, all of which have to hold. */
export function fitsFilter(entry: LogEntry, filter: string): boolean {
  return filter.trim().split("\n").every((line) => {
    const [, path, text] = /^([\w.]+) = "([^"\\]*)"$/.exec(line.trim()) ?? [];
    if (path === undefined) throw new SyntaxError(`Cannot read the filter's line: ${line}`);
    return field(entry, path) === text;
  });
}

/** The value that a label extractor like `EXTRACT(labels.rule)` takes out of an entry. */
export function extract(entry: LogEntry, extractor: string): unknown {
  const [, path] = /^EXTRACT\(([\w.]+)\)$/.exec(extractor) ?? [];
  if (path === undefined) throw new SyntaxError(`Cannot read the extractor: ${extractor}`);
  return field(entry, path);
}

function field(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>(
    (at, step) => typeof at === "object" && at !== null ? (at as LogEntry)[step] : undefined,
    value,
  );
}
