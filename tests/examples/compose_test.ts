// What examples/docker-compose/compose.yaml says, tried with the binary.
import { assert, assertEquals } from "@std/assert";
import { parseDuration } from "../../src/cli/duration.ts";
import { OPTIONS } from "../../src/cli/options.ts";
import { e2e } from "../helpers/bailout.ts";
import { example } from "./example.ts";

interface Compose {
  readonly services: {
    readonly agent: {
      readonly build: string;
      readonly environment: Readonly<Record<string, string>>;
      readonly restart: string;
      readonly stop_grace_period: string;
    };
  };
}

const AGENT = example<Compose>("docker-compose/compose.yaml").services.agent;

Deno.test("the Compose example builds an image that there is, and starts no agent again", () => {
  const folder = new URL("../../examples/docker-compose/", import.meta.url);
  assert(Deno.statSync(new URL(`${AGENT.build}/Dockerfile`, folder)).isFile);
  assertEquals(AGENT.restart, "no");
});

Deno.test("the Compose example gives bailout more time than its grace", () => {
  const grace = OPTIONS.find(({ name }) => name === "grace")!;
  assert(
    parseDuration(AGENT.stop_grace_period) > parseDuration((grace as { default: string }).default),
  );
});

e2e("the variables of the Compose example are bailout's", async (stage) => {
  const args = ["--interval", "0", "--", "sh", "-c", "echo 'NotFound: 404 bucket'; exec sleep 60"];
  assertEquals((await stage.run(args, { env: AGENT.environment })).code, 11);
});
