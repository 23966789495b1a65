import { assertEquals } from "@std/assert";
import { record } from "../testing/builders.ts";
import { logEntryText } from "./log_entry.ts";

Deno.test("logEntryText() is one line of JSON with only the fields that apply", () => {
  const time = "2026-11-28T00:00:00.000Z";
  const text = logEntryText({ severity: "INFO", message: 'a\n"b"', time });
  assertEquals(text.indexOf("\n"), text.length - 1);
  assertEquals(JSON.parse(text), { severity: "INFO", message: 'a\n"b"', time });
  const own = record({ cause: "exit", child: { code: 0, signal: undefined } });
  const rule = { id: "boom", category: "config", more: 1 };
  const whole = logEntryText({ severity: "CRITICAL", message: "m", time, rule, record: own });
  assertEquals(JSON.parse(whole), {
    severity: "CRITICAL",
    message: "m",
    time,
    "logging.googleapis.com/labels": { rule: "boom", category: "config" },
    bailout: own,
  });
});
