import { assertEquals } from "@std/assert";
import { alternate } from "./alternate.ts";

Deno.test("alternate() lets the contestants take turns, each round beginning with another", async () => {
  const order: string[] = [];
  const contestant = (name: string) => () => Promise.resolve(order.push(name));
  const results = await alternate({ a: contestant("a"), b: contestant("b") }, 3);
  assertEquals(order.join(""), "abbaab");
  assertEquals(results, { a: [1, 4, 5], b: [2, 3, 6] });
});
