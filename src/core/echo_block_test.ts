import { assertEquals } from "@std/assert";
import { EchoBlock } from "./echo_block.ts";

Deno.test("a printed value goes from its first to its last bracket", () => {
  const block = new EchoBlock();
  const lines = [
    "wandb: launch: Launch agent received job:",
    "wandb: {'runSpec': {'overrides': {'args': ['--on-error',",
    "wandb:                                     'PermissionDenied: 403 }'],",
    "wandb:                            'entry_point': []}}}",
    "wandb: ERROR PermissionDenied: 403",
  ];
  assertEquals(lines.map((line) => block.observe(line)), [false, true, true, true, false]);
});

Deno.test("a printed value on one line ends there", () => {
  const block = new EchoBlock();
  assertEquals([block.observe("{'a': 'NotFound: 404'}"), block.observe("NotFound: 404")], [
    true,
    false,
  ]);
});

Deno.test("a printed value without an end doesn't last for ever", () => {
  const block = new EchoBlock();
  for (let i = 0; i < 1001; i++) assertEquals(block.observe(i === 0 ? "{'a': [" : "'x',"), true);
  assertEquals(block.observe("NotFound: 404"), false);
});

Deno.test("a JSON body or a sentence with a brace is no printed value", () => {
  const block = new EchoBlock();
  assertEquals([block.observe('{"error": {'), block.observe("got {'a': 1}")], [false, false]);
});
