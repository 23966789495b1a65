import { assert, assertEquals } from "@std/assert";
import { OPTIONS, type OptionSpec, pickOptions, variableOf } from "./options.ts";

const ALL: readonly OptionSpec[] = OPTIONS;

Deno.test("every option has a name of its own, in lower case with hyphens", () => {
  assertEquals(new Set(ALL.map((option) => option.name)).size, ALL.length);
  for (const { name } of ALL) assert(/^[a-z]+(-[a-z]+)*$/.test(name), name);
});

Deno.test("every option but flags, texts and URLs has a default, and every one but flags a meta", () => {
  for (const { name, kind, default: fallback, meta } of ALL) {
    assertEquals(fallback !== undefined, !["flag", "text", "url"].includes(kind), name);
    assertEquals(meta !== undefined, kind !== "flag", name);
  }
});

Deno.test("the default of a choice is one of its choices", () => {
  for (const { name, kind, choices, default: fallback } of ALL) {
    if (kind === "choice") assert(choices?.includes(fallback!), name);
  }
});

// Section 1 of the specification.
const DEFAULTS: Record<string, string> = {
  interval: "5s",
  context: "10",
  "buffer-lines": "100",
  profile: "default",
  "exit-codes": "uniform",
  grace: "8s",
  "stop-signal": "SIGTERM",
  "signal-mode": "group",
  "log-max-size": "10MiB",
  format: "text",
  "webhook-format": "json",
  color: "auto",
};

Deno.test("the defaults are those of the specification", () => {
  const defaults = ALL.filter((option) => option.default !== undefined)
    .map((option) => [option.name, option.default!]);
  assertEquals(Object.fromEntries(defaults), DEFAULTS);
});

Deno.test("variableOf() writes capitals and underscores", () => {
  assertEquals(variableOf("log-max-size"), "BAILOUT_LOG_MAX_SIZE");
});

Deno.test("pickOptions() gives the run's own options, in the order of help", () => {
  assertEquals(pickOptions("rules", "context").map(({ name }) => name), ["context", "rules"]);
  assertEquals(pickOptions("grace")[0], OPTIONS.find(({ name }) => name === "grace"));
});
