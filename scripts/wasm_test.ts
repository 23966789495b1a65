import { assertEquals } from "@std/assert";
import { assemble, MODULE } from "./wasm.ts";

Deno.test("the committed filter is what line_filter.wat says", async () => {
  assertEquals(await assemble(), await Deno.readTextFile(MODULE), "run `make wasm`");
});
