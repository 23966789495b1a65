import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type DiscoverySchema, discoveryToJsonSchema } from "./discovery.ts";
import { readJson } from "./wheels.ts";

// Formats (int32, duration) aren't looked at, and unknown keywords (x-kubernetes-…) are no error.
const OPTIONS = { strict: false, validateFormats: false, allErrors: true } as const;

const KUBERNETES_FOLDER = "kubernetes_validate/kubernetes-json-schema";
const BUILTIN_FOLDER = "check_jsonschema/builtin_schemas/vendor";
const DISCOVERY_FOLDER = "googleapiclient/discovery_cache/documents";

/** The oldest Kubernetes with a stable podFailurePolicy, and the newest that the package knows. */
export const KUBERNETES_VERSIONS = ["v1.31.0", "v1.37.0"] as const;

/** What an example can be, and what its schema says is wrong with it: nothing where it is good. */
export const PLATFORMS = {
  "kubernetes": validateKubernetesJob,
  "cloud-run": googleApi("run.v1", "Job"),
  "alert-policy": googleApi("monitoring.v3", "AlertPolicy"),
  "log-entry": googleApi("logging.v2", "LogEntry"),
  "vertex-ai": googleApi("aiplatform.v1", "GoogleCloudAiplatformV1CustomJobSpec"),
  "compose": builtin(Ajv2020, "compose-spec.json"),
  "github-actions": builtin(Ajv, "github-workflows.json"),
} as const satisfies Record<string, (value: unknown) => Promise<string[]>>;

export type Platform = keyof typeof PLATFORMS;

async function validateKubernetesJob(value: unknown): Promise<string[]> {
  const problems = [];
  for (const version of KUBERNETES_VERSIONS) {
    const folder = `${KUBERNETES_FOLDER}/${version}-local-strict`;
    const read = (name: string) => readJson("kubernetes-validate", `${folder}/${name}`);
    const ajv = new Ajv2020(OPTIONS);
    // The files refer to each other by a path of the package's own making.
    ajv.addSchema({ ...await read("_definitions.json") as object, $id: "/api/_definitions.json" });
    const job = { ...await read("job-batch-v1.json") as object, $id: "/api/job.json" };
    problems.push(...check(ajv.compile(job), value).map((problem) => `${version}: ${problem}`));
  }
  return problems;
}

function googleApi(document: string, type: string): (value: unknown) => Promise<string[]> {
  return async (value) => {
    const path = `${DISCOVERY_FOLDER}/${document}.json`;
    const { schemas } = await readJson("google-api-python-client", path) as {
      schemas: Record<string, DiscoverySchema>;
    };
    return check(new Ajv2020(OPTIONS).compile(discoveryToJsonSchema(schemas, type)), value);
  };
}

function builtin(Draft: typeof Ajv, file: string): (value: unknown) => Promise<string[]> {
  return async (value) => {
    const schema = await readJson("check-jsonschema", `${BUILTIN_FOLDER}/${file}`);
    return check(new Draft(OPTIONS).compile(schema as object), value);
  };
}

function check(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return validate.errors!.map(({ instancePath, message, params }) =>
    `${instancePath || "/"} ${message} ${JSON.stringify(params)}`
  );
}
