import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { finding, record } from "../testing/builders.ts";
import { terminationMessage } from "./termination_message.ts";
import { utf8Length } from "./utf8_limit.ts";

const VERDICT = "✗ sh stopped by rule boom after 1.5s (exit code: 1)";

function bailOut(texts: string[]) {
  return record({ cause: "finding", finding: finding(texts) });
}

Deno.test("terminationMessage() has the headline first, then why, the verdict and the lines", () => {
  assertEquals(
    terminationMessage(bailOut(["before", "boom"]), VERDICT),
    `FATAL ERROR DETECTED: Boom!\nit went boom\n${VERDICT}\n\nbefore\nboom\n`,
  );
});

Deno.test("terminationMessage() of another end is the run's last line", () => {
  const exit = record({ cause: "exit", child: { code: 0, signal: undefined } });
  assertEquals(
    terminationMessage(exit, "✓ sh exited (exit code: 0)"),
    "✓ sh exited (exit code: 0)\n",
  );
});

Deno.test("terminationMessage() keeps the newest lines, within 4096 bytes", () => {
  const texts = Array.from({ length: 50 }, (_, i) => `line ${i} ${"ä".repeat(100)}`);
  const message = terminationMessage(bailOut([...texts, "boom"]), VERDICT);
  assert(utf8Length(message) <= 4096 && utf8Length(message) > 3800, `${utf8Length(message)}`);
  assert(message.startsWith("FATAL ERROR DETECTED: Boom!\n"));
  assert(message.endsWith("\nboom\n"));
  assertStringIncludes(message, "line 49 ");
  assert(!message.includes("line 0 "));
});

Deno.test("terminationMessage() has at most 4096 bytes whatever the rule and the line are", () => {
  const huge = finding(["🚨".repeat(3000)]);
  const rule = { ...huge.rule, title: "T".repeat(5000) };
  const message = terminationMessage(
    record({ cause: "finding", finding: { ...huge, rule } }),
    VERDICT,
  );
  assertEquals(utf8Length(message) <= 4096, true);
  const long = terminationMessage(bailOut(["🚨".repeat(3000)]), VERDICT);
  assertStringIncludes(long, "🚨🚨");
  assertEquals([utf8Length(long) <= 4096, long.includes("\ufffd")], [true, false]);
});
