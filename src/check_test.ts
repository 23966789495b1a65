import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { check } from "./check.ts";
import { type CheckSettings, readCheckSettings } from "./cli/check_settings.ts";
import { UsageError } from "./cli/usage_error.ts";
import type { Rule } from "./core/rule.ts";
import { LogError } from "./host/log_source.ts";
import { rule } from "./testing/builders.ts";
import { FakeToolHost } from "./testing/fake_tool_host.ts";

function run(host: FakeToolHost, line: string, rules: readonly Rule[] = [rule()]) {
  const settings = readCheckSettings(line.split(" "), {}) as CheckSettings;
  return check(settings, rules, host);
}

async function problem(host: FakeToolHost, line: string): Promise<string> {
  const { message, hint } = await assertRejects(() => run(host, line), UsageError);
  return hint === undefined ? message : `${message} (${hint})`;
}

Deno.test("check() of a healthy log is 0", async () => {
  const host = new FakeToolHost({ "a.log": "a\nb\n" });
  assertEquals(await run(host, "a.log"), 0);
  assertEquals(host.stdout.text, "✓ no rule would have stopped a run in 2 lines (exit code: 0)\n");
  assertEquals(host.stderr.text, "");
  assertEquals(host.calls, ["open a.log", "close a.log"]);
});

Deno.test("check() of a fatal log is the run's exit code", async () => {
  const log = "a\nboom\nb\nboom\n";
  const host = new FakeToolHost({ "a.log": log });
  assertEquals(await run(host, "a.log"), 1);
  assertStringIncludes(host.stdout.text, "🚨 line 2: Boom! (rule boom)\n  1 │ a\n→ 2 │ boom\n");
  assertStringIncludes(host.stdout.text, "boom: met 2 times, 2 matching lines\n");
  assertStringIncludes(host.stdout.text, "stopped at line 2 of 4 by rule boom (exit code: 1)\n");
  assertEquals(await run(new FakeToolHost({ "a.log": log }), "--exit-codes category a.log"), 10);
  const own = [rule({ exitCode: 42 })];
  assertEquals(await run(new FakeToolHost({ "-": log }), "--exit-codes category -", own), 42);
});

Deno.test("check() reports rules that don't kill, and is 0 all the same", async () => {
  for (const action of ["warn", "observe"] as const) {
    const host = new FakeToolHost({ "a.log": "boom\n" });
    assertEquals(await run(host, "a.log", [rule({ action })]), 0);
    assertStringIncludes(host.stdout.text, "line 1: Boom!");
    assertStringIncludes(host.stdout.text, "✓ no rule would have stopped a run");
  }
});

Deno.test("check() takes several logs for several runs", async () => {
  const rules = [
    rule({ threshold: 2 }),
    rule({ id: "bang", category: "quota", matcher: { kind: "pattern", pattern: "bang" } }),
  ];
  const host = new FakeToolHost({ a: "boom\n", b: "x\nbang\n", c: "boom\nboom\n" });
  assertEquals(await run(host, "a b c --exit-codes category", rules), 12);
  assertStringIncludes(host.stdout.text, "✓ a: no rule would have stopped a run in 1 line");
  assertStringIncludes(host.stdout.text, "🚨 b:2: Boom! (rule bang)");
  assertStringIncludes(host.stdout.text, "✗ b: a run would have been stopped at line 2 of 2");
  assertStringIncludes(host.stdout.text, "✗ c: a run would have been stopped at line 2 of 2");
});

Deno.test("check() prints one JSON object for all logs", async () => {
  const host = new FakeToolHost({ a: "boom\n", b: "x\nboom\n" });
  assertEquals(await run(host, "--format json a b"), 1);
  assertEquals(host.stdout.text.split("\n").length, 2);
  const { verdict, findings, lines } = JSON.parse(host.stdout.text);
  assertEquals([verdict.file, verdict.line, findings.length, lines], ["a", 1, 2, 3]);
});

Deno.test("check() shows as many lines before the match as asked", async () => {
  const host = new FakeToolHost({ a: "1\n2\n3\nboom\n" });
  await run(host, "--context 1 a");
  assertStringIncludes(host.stdout.text, "(rule boom)\n  3 │ 3\n→ 4 │ boom\n");
});

Deno.test("check() colours as asked", async () => {
  const colored = async (line: string, colorful: boolean) => {
    const host = new FakeToolHost({ a: "boom\n" });
    host.colorful = colorful;
    await run(host, line);
    return host.stdout.text.includes("\x1b[");
  };
  if (Deno.noColor) return;
  assertEquals(await colored("a", true), true);
  assertEquals(await colored("a", false), false);
  assertEquals(await colored("--color never a", true), false);
  assertEquals(await colored("--color always a", false), true);
});

Deno.test("check() shows a bar where a person watches and the size is known", async () => {
  const log = { chunks: ["a\n", "boom\n", "b\n"], msEach: 600 };
  const bar = async (name: string, watched: boolean) => {
    const host = new FakeToolHost({ [name]: log });
    host.watched = watched;
    await run(host, name);
    return host.stderr.text;
  };
  const text = await bar("a.log", true);
  assertStringIncludes(text, "%");
  assert(text.endsWith("\r\x1b[K"));
  assertEquals(await bar("a.log", false), "");
  assertEquals(await bar("-", true), "");
});

Deno.test("check() looks whether all logs are there before it reads any", async () => {
  const host = new FakeToolHost({ a: "boom\n" });
  assertEquals(
    await problem(host, "a b"),
    'cannot read "b": there is no such file or directory',
  );
  assertEquals([host.calls, host.stdout.text], [[], ""]);
});

Deno.test("check() says what it has found before a log that can't be read to its end", async () => {
  const chunks = ["boom\n", new LogError("the gzip data is cut off")];
  const host = new FakeToolHost({ a: { chunks } });
  assertEquals(await problem(host, "a"), 'cannot read "a": the gzip data is cut off');
  assertStringIncludes(host.stdout.text, "🚨 line 1: Boom!");
  assertEquals(host.calls, ["open a", "close a"]);
});

Deno.test("check() stops reading when nobody reads what it says", async () => {
  const host = new FakeToolHost({
    a: { chunks: ["boom\n", ...new Array(100).fill("x\n")] },
    b: "x",
  });
  host.stdout.break();
  assertEquals(await run(host, "a b"), 1);
  assert(host.read < 10);
  assertEquals(host.calls, ["open a", "close a"]);
});

Deno.test("check --explain says why each rule fires at a line or doesn't, and is 0", async () => {
  const host = new FakeToolHost({ a: "x\nboom\n" });
  assertEquals(await run(host, "--explain 2 a"), 0);
  assertStringIncludes(host.stdout.text, "line 2 │ boom\n");
  assertStringIncludes(host.stdout.text, "→ boom  fires here: matches\n");
});

Deno.test("check --explain has a JSON form", async () => {
  const host = new FakeToolHost({ a: "x\nboom\n" });
  assertEquals(await run(host, "--explain 1 --format json a"), 0);
  const { line, text, rules } = JSON.parse(host.stdout.text);
  assertEquals([line, text, rules.length, rules[0].fired], [1, "x", 1, false]);
});

Deno.test("check --explain doesn't read a long log to its end", async () => {
  const host = new FakeToolHost({ a: { chunks: new Array(5000).fill("x\n") } });
  assertEquals(await run(host, "--explain 3 a"), 0);
  assert(host.read < 2000);
});

Deno.test("check --explain refuses a line that the log hasn't", async () => {
  assertEquals(
    await problem(new FakeToolHost({ a: "x\ny\n" }), "--explain 3 a"),
    '--explain: there is no line 3 in "a" (it has 2 lines)',
  );
});
