// The README's first screen against a real run: it shows what bailout prints today.
import { assertEquals } from "@std/assert";
import { recordDemo } from "../../scripts/picture.ts";
import { BINARY, e2e } from "../helpers/bailout.ts";
import { timeless } from "./markdown.ts";

const ROOT = new URL("../../", import.meta.url);

e2e("the picture and the transcript of the README are what a run prints", async () => {
  // deno-lint-ignore no-control-regex -- ESC is what colours begin with
  const run = steady((await recordDemo(BINARY)).replace(/\x1b\[[\d;]*m/g, ""));
  assertEquals(steady(pictureText(read("docs/bail-out.svg"))), run);
  const [, transcript] = /```console\n(\$ bailout [^]*?)```/.exec(read("README.md"))!;
  assertEquals(steady(transcript!), run);
});

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/** Without what differs between two runs: the agent's first line may come before our own. */
function steady(text: string): string {
  const lines = timeless(text).split("\n");
  return [...lines.slice(0, 5).sort(), ...lines.slice(5)].join("\n");
}

/** The lines that a picture shows. */
function pictureText(svg: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return [...svg.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([, line]) =>
    line!.replace(/<[^>]*>/g, "").replace(/&(\w+);/g, (_, name) => entities[name]!) + "\n"
  ).join("");
}
