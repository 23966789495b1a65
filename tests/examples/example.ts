import { parse } from "@std/yaml";
import { type Platform, PLATFORMS } from "../schemas/platforms.ts";
import { downloadWheels } from "../schemas/wheels.ts";

const ROOT = new URL("../../", import.meta.url);

/** Every example that a platform reads, and which. */
export const EXAMPLES = {
  "kubernetes/job.yaml": "kubernetes",
  "cloud-run/job.yaml": "cloud-run",
  "cloud-run/alert-policy.yaml": "alert-policy",
  "vertex-ai/custom-job.yaml": "vertex-ai",
  "docker-compose/compose.yaml": "compose",
  "github-actions.yml": "github-actions",
} as const satisfies Record<string, Platform>;

export type ExampleName = keyof typeof EXAMPLES;

/** What tests read of the examples; the schemas hold the whole. */
export interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string }[];
}

/** An example as its platform would read it. */
export function example<T>(name: ExampleName): T {
  return parse(Deno.readTextFileSync(new URL(`examples/${name}`, ROOT))) as T;
}

/** Why no schema can be had on this machine; `undefined` where they can. */
export const NO_SCHEMAS: string | undefined = await downloadWheels();

/** What the platform's schema finds wrong with `value`. */
export async function problemsOf(platform: Platform, value: unknown): Promise<string[]> {
  return await PLATFORMS[platform](value);
}

/** A test that needs a schema: skipped by name where there is none. */
export function schemaTest(name: string, fn: () => Promise<void>): void {
  Deno.test({
    name: NO_SCHEMAS === undefined ? name : `${name} (skipped: ${NO_SCHEMAS})`,
    ignore: NO_SCHEMAS !== undefined,
    fn,
  });
}
