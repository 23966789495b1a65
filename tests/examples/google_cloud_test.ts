// What the examples for Cloud Run and Vertex AI say, tried with the binary.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { e2e, type Outcome, Stage } from "../helpers/bailout.ts";
import { type Container, example, problemsOf, schemaTest } from "./example.ts";
import { extract, fitsFilter, toLogEntry } from "./log_entry.ts";

interface CloudRunJob {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly template: {
          readonly spec: {
            readonly maxRetries: number;
            readonly containers: readonly Container[];
          };
        };
      };
    };
  };
}

interface AlertPolicy {
  readonly conditions: readonly {
    readonly conditionMatchedLog: {
      readonly filter: string;
      readonly labelExtractors: { readonly rule: string; readonly category: string };
    };
  }[];
}

interface CustomJob {
  readonly workerPoolSpecs: readonly {
    readonly containerSpec: {
      readonly command: readonly string[];
      readonly args: readonly string[];
    };
  }[];
}

const JOB = example<CloudRunJob>("cloud-run/job.yaml");
const TASK = JOB.spec.template.spec.template.spec;
const ALERT = example<AlertPolicy>("cloud-run/alert-policy.yaml").conditions[0]!
  .conditionMatchedLog;
const DOOMED =
  'echo Submitting; echo "PermissionDenied: 403 Permission denied on resource"; exec sleep 60';

/** A run with the variables of the Cloud Run example. */
function run(stage: Stage, script: string, ...options: string[]): Promise<Outcome> {
  const env = Object.fromEntries(
    TASK.containers[0]!.env.flatMap(({ name, value }) =>
      value === undefined ? [] : [[name, value]]
    ),
  );
  return stage.run([...options, "--interval", "0", "--", "sh", "-c", script], { env });
}

function entries({ stderr }: Outcome) {
  return stderr.trimEnd().split("\n").map((line) => toLogEntry(line, JOB.metadata.name));
}

Deno.test("the Cloud Run job of the example isn't tried again", () => {
  assertEquals(TASK.maxRetries, 0);
});

e2e("the alert of the example sees a bail-out, once, with its rule and category", async (stage) => {
  const outcome = await run(stage, DOOMED);
  assertEquals(outcome.code, 1);
  const alarming = entries(outcome).filter((entry) => fitsFilter(entry, ALERT.filter));
  assertEquals(alarming.length, 1);
  assertEquals(extract(alarming[0]!, ALERT.labelExtractors.rule), "permission-denied");
  assertEquals(extract(alarming[0]!, ALERT.labelExtractors.category), "permission");
  const { message } = alarming[0]!.jsonPayload as { message: string };
  assertStringIncludes(message, "FATAL ERROR DETECTED: Permission denied (403)!");
  assertStringIncludes(message, "Submitting\nPermissionDenied: 403 Permission denied on resource");
});

e2e("the alert of the example is quiet about an end without a bail-out", async (stage) => {
  for (const [script, code] of [["exit 0", 0], ["exit 3", 3], ["kill -9 $$", 137]] as const) {
    const outcome = await run(stage, script);
    assertEquals(outcome.code, code);
    assert(!entries(outcome).some((entry) => fitsFilter(entry, ALERT.filter)));
  }
});

schemaTest("each line of --format json is an entry of Cloud Logging", async () => {
  for (const entry of entries(await run(new Stage(), DOOMED))) {
    assertEquals(await problemsOf("log-entry", entry), []);
  }
});

e2e("the command of the Vertex AI example starts its program", async (stage) => {
  const { command, args } = example<CustomJob>("vertex-ai/custom-job.yaml").workerPoolSpecs[0]!
    .containerSpec;
  const cwd = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${cwd}/python`,
      '#!/bin/sh\necho "started: $@"\necho "NotFound: 404 no such bucket"\n',
      { mode: 0o755 },
    );
    const { code, stdout, stderr } = await stage.run([...command.slice(1), ...args], {
      env: { PATH: `${cwd}:${Deno.env.get("PATH")}` },
    });
    assertEquals([command[0], code], ["/usr/local/bin/bailout", 11]);
    assertStringIncludes(stdout, "started: train.py --epochs=10\n");
    assertStringIncludes(stderr, "✗ train.py stopped by rule not-found");
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});
