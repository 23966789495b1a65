import { assertEquals } from "@std/assert";
import { line } from "../testing/builders.ts";
import { Statement } from "./statement.ts";

const of = (text: string) => new Statement(line(text), "outside");

Deno.test("a statement in a JSON envelope is its message, with its level", () => {
  const { text, level } = of('{"severity": "ERROR", "message": "PermissionDenied: 403 x"}');
  assertEquals([text, level], ["PermissionDenied: 403 x", "error"]);
  assertEquals(of('{"level": 30, "msg": "fine"}').level, "warning");
  assertEquals(of('{"record": {"level": {"name": "DEBUG"}}, "text": "x"}').level, "debug");
});

Deno.test("a statement with a printed exception is that exception", () => {
  const trace = 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1';
  assertEquals(of(JSON.stringify({ message: "failed", exc_info: trace })).text, "KeyError: 1");
});

Deno.test("a statement's facts include the fields of an error body", () => {
  const body = of('{"error": {"code": 403, "message": "no", "status": "PERMISSION_DENIED"}}');
  assertEquals([...body.facts.status], ["PERMISSION_DENIED"]);
  assertEquals([...body.facts.http], [403]);
  assertEquals([...of('{"level": "error", "type": "InvalidArgument", "code": 400}').facts.status], [
    "INVALID_ARGUMENT",
  ]);
});

Deno.test("one of a list of codes states nothing", () => {
  const listed = new Statement(
    line("503 Service Unavailable"),
    "outside",
    () => line("502 Bad Gateway"),
  );
  assertEquals(listed.dismissal?.reason, "it is one of a list of codes");
  assertEquals(of("503 Service Unavailable").dismissal, undefined);
});

Deno.test("the exception of a traceback is always stated", () => {
  const text = "RuntimeError: retrying in 2 s";
  assertEquals(new Statement(line(text), "exception").dismissal, undefined);
  assertEquals(of(text).dismissal?.reason, "it announces a retry");
});

Deno.test("what looks like JSON and isn't is plain text", () => {
  assertEquals(of('{"message": oops}').text, '{"message": oops}');
});
