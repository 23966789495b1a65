import { assertEquals, assertStringIncludes } from "@std/assert";
import { build, ROOT } from "../../scripts/build.ts";
import { TARGETS } from "../../scripts/toolchain.ts";
import { whyNoDebian } from "../image/debian.ts";
import { type Arm64Runner, openArm64Runner } from "./arm64.ts";

const BINARY = `${ROOT}/dist/linux-arm64/bailout`;

const reason = await whyNoDebian();
let arm64: Arm64Runner;

if (reason === undefined) {
  Deno.test.beforeAll(async () => {
    await build(TARGETS.find((target) => target.name === "linux-arm64")!, BINARY);
    arm64 = await openArm64Runner();
  });
  Deno.test.afterAll(async () => await arm64?.[Symbol.asyncDispose]());
}

function arm64Test(name: string, fn: () => Promise<void>): void {
  const title = `arm64 ${name}`;
  if (reason === undefined) return Deno.test(title, fn);
  Deno.test({ name: `${title} (skipped: ${reason})`, ignore: true, fn });
}

async function isAlive(pid: number): Promise<boolean> {
  return await Deno.stat(`/proc/${pid}`).then(() => true, () => false);
}

arm64Test("binary prints its version", async () => {
  const { version } = JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`));
  const end = await arm64.run(BINARY, ["--version"]);
  assertEquals(end.code, 0, end.stderr);
  assertStringIncludes(end.stdout, version);
});

arm64Test("binary passes on its child's output and exit code", async () => {
  const end = await arm64.run(BINARY, ["--", "sh", "-c", "echo out; exit 7"]);
  assertEquals(end.stdout, "out\n");
  assertEquals(end.code, 7, end.stderr);
});

arm64Test("binary bails out and leaves no child behind", async () => {
  const script =
    "echo $$; echo 'InvalidArgument: 400 Machine type is not supported'; exec sleep 60";
  const end = await arm64.run(BINARY, ["--interval", "100ms", "--", "sh", "-c", script]);
  assertEquals(end.code, 1, end.stderr);
  assertStringIncludes(end.stderr, "FATAL ERROR DETECTED");
  assertEquals(await isAlive(parseInt(end.stdout)), false);
});
