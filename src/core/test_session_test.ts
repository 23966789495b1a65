import { assertEquals } from "@std/assert";
import { TestSession } from "./test_session.ts";

const START = "============================= test session starts ==============================";
const END = "========================= 1 failed, 2 passed in 0.12s ==========================";

Deno.test("a test session goes from its first rule to its summary", () => {
  const session = new TestSession();
  const inside = ["before", START, "FAILED x", END, "after"].map((line) => session.observe(line));
  assertEquals(inside, [false, true, true, true, false]);
});

Deno.test("a test session without an end doesn't last for ever", () => {
  const session = new TestSession();
  session.observe(START);
  for (let i = 1; i < 5000; i++) assertEquals(session.observe("line"), true);
  assertEquals(session.observe("line"), false);
});

Deno.test("a ruler alone begins no test session", () => {
  assertEquals(new TestSession().observe("=".repeat(60)), false);
});
