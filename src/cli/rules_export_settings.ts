import type { OptionSpec } from "./options.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";
import type { Values } from "./values.ts";

/** What `bailout rules export` can write. */
export const EXPORT_TARGETS = ["pod-failure-policy"] as const;

export type ExportTarget = typeof EXPORT_TARGETS[number];

export const CONTAINER_OPTION: OptionSpec = {
  name: "container",
  kind: "text",
  meta: "NAME",
  variable: false,
  help: "the container that bailout runs in (default: any of the pod's)",
};

/** RFC 1123, which Kubernetes holds the names of containers to. */
const DNS_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** @throws {UsageError} if there is no such target, or none is named. */
export function readExportTarget(word: string | undefined): ExportTarget {
  const all = EXPORT_TARGETS.join(", ");
  if (word === undefined) throw new UsageError("rules export: no TARGET", `use ${all}`);
  const target = EXPORT_TARGETS.find((target) => target === word);
  if (target !== undefined) return target;
  const nearest = suggest(word, EXPORT_TARGETS);
  throw new UsageError(
    `rules export: there is no target ${JSON.stringify(word)}`,
    nearest === undefined ? `use ${all}` : `did you mean ${nearest}?`,
  );
}

/** @throws {UsageError} if Kubernetes would refuse a container of this name. */
export function readContainer(values: Values<"container">): string | undefined {
  const name = values.text("container");
  if (name === undefined || DNS_LABEL.test(name)) return name;
  throw new UsageError(
    `--container: ${JSON.stringify(name)} is not a container's name`,
    "Kubernetes takes up to 63 lower-case letters, digits and hyphens",
  );
}
