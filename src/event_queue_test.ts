import { assertEquals, assertRejects } from "@std/assert";
import { EventQueue } from "./event_queue.ts";

Deno.test("EventQueue gives events in the order in which they were pushed", async () => {
  const queue = new EventQueue<number>();
  queue.push(1);
  queue.push(2);
  assertEquals([await queue.next(), await queue.next()], [1, 2]);
});

Deno.test("EventQueue makes its reader wait for the next event", async () => {
  const queue = new EventQueue<string>();
  const next = queue.next();
  queue.push("a");
  queue.push("b");
  assertEquals([await next, await queue.next()], ["a", "b"]);
});

Deno.test("EventQueue can hold undefined as an event", async () => {
  const queue = new EventQueue<undefined>();
  queue.push(undefined);
  assertEquals(await queue.next(), undefined);
});

Deno.test("EventQueue lets its reader fail in its turn", async () => {
  const queue = new EventQueue<number>();
  queue.push(1);
  queue.fail(new RangeError("broken"));
  assertEquals(await queue.next(), 1);
  await assertRejects(() => queue.next(), RangeError, "broken");
});
