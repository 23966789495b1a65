import { assertEquals } from "@std/assert";
import { usageError } from "../testing/usage_error.ts";
import { readRulesRequest } from "./rules_settings.ts";

function read(line: string) {
  return readRulesRequest(line.split(" "), { BAILOUT_PROFILE: "classic" });
}

Deno.test("rules export reads its target, the container and which rules to load", () => {
  assertEquals(read("export pod-failure-policy --container main --disable quota --rules a"), {
    action: "export",
    target: "pod-failure-policy",
    container: "main",
    choice: {
      profile: "classic",
      ruleFiles: ["a"],
      disabled: ["quota"],
      sources: { rules: "--rules", disable: "--disable", bufferLines: "--buffer-lines" },
      bufferLines: 100,
    },
  });
});

Deno.test("rules export needs no container", () => {
  const request = read("export pod-failure-policy");
  assertEquals(request.action === "export" && request.container, undefined);
});

const ERRORS: [line: string, sentence: string][] = [
  ["export", "rules export: no TARGET (use pod-failure-policy)"],
  [
    "export pod-failure-polcy",
    'rules export: there is no target "pod-failure-polcy" (did you mean pod-failure-policy?)',
  ],
  ["export terraform", 'rules export: there is no target "terraform" (use pod-failure-policy)'],
  [
    "export pod-failure-policy job.yaml",
    'rules export: "job.yaml" is one word too many (see bailout rules export --help)',
  ],
  [
    "export pod-failure-policy --container Main",
    '--container: "Main" is not a container\'s name (Kubernetes takes up to 63 lower-case letters, digits and hyphens)',
  ],
  [
    "export pod-failure-policy --format json",
    "rules export has no option --format (see bailout rules export --help)",
  ],
  ["list --container a", "rules list has no option --container (see bailout rules list --help)"],
];
for (const [line, sentence] of ERRORS) {
  Deno.test(`readRulesRequest() refuses: rules ${line}`, () => {
    assertEquals(usageError(() => read(line)), sentence);
  });
}

for (const name of ["a", "a1", "0", "my-job", "x".repeat(63)]) {
  Deno.test(`--container takes ${name}`, () => {
    const request = read(`export pod-failure-policy --container ${name}`);
    assertEquals(request.action === "export" && request.container, name);
  });
}

for (const name of ["-a", "a-", "a_b", "a.b", "x".repeat(64), "ä"]) {
  Deno.test(`--container refuses ${name}`, () => {
    const sentence = usageError(() => read(`export pod-failure-policy --container=${name}`));
    assertEquals(sentence.includes("is not a container's name"), true);
  });
}
