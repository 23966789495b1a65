import { assert, assertEquals } from "@std/assert";
import { PREFIXES, prefixesOf } from "./log_prefixes.ts";

/** For each of `PREFIXES` in their order, lines of which it takes something off the front. */
const TAKEN: readonly string[][] = [
  ["wandb: ERROR launch: x", "wandb:\tx"],
  ["E1124 10:00:00.123456   12345 pod_workers.go:1301] x"],
  ["W tensorflow/core/x.cc:405] x"],
  ["2025-11-16 12:04:11,031 x", "[2025-11-16T12:04:11Z]: x", "(2025/11/16) x"],
  ["12:04:11 x", "[2:04:11.031] x", "(2:04:11) x"],
  ["Nov 24 10:00:00 node1 kubelet[812]: x", "Nov  4 10:00:00 x"],
  ["  ERROR x", "\u00a0\tINFO x", "\u2028WARN x"],
  ["ERROR:root:x", "NOTICE:a.b-c:x", "CRITICAL:a:x", "FATAL:a:x", "SEVERE:a:x", "TRACE:a:x"],
  ["[ERROR] x", "<INFO> x", "(WARN): x", "DEBUG - x", "SEVERE", "INFO x"],
  ["[warning ] x", "[Error]x"],
  ["__main__:run:160 - x", ".a:<module>:1 - x", "9a:b:1 - x"],
  ["error: x", "Warning:\tx", "ERROR: x", "wARNING: x"],
  ["##[error]x", "::error file=a::x"],
  ["level=error msg=x", 'time="a b" level=info x'],
  ["- x", "| x"],
  ["[pod/trainer-0/main] x", "[Thread-1] x"],
  ["agent-1  | x", "-a | x", ".a | x", "_ | x"],
  ["launcher - ERROR x", "a.b | INFO x", "-a : WARN x"],
];

Deno.test("each prefix takes what loggers and platforms write", () => {
  assertEquals(PREFIXES.length, TAKEN.length);
  for (const [i, { pattern }] of PREFIXES.entries()) {
    for (const line of TAKEN[i]!) assert((pattern.exec(line)?.[0].length ?? 0) > 0, line);
  }
});

Deno.test("prefixesOf() leaves out none that takes something, in the same order", () => {
  const characters = Array.from({ length: 0x300 }, (_, i) => String.fromCharCode(i))
    .concat(["\u2028", "\u3000", "\ufeff", "\u017f", "\u212a", "\ud83d", ""]);
  const rests = TAKEN.flat().flatMap((line) => [line, line.slice(1)]);
  for (const rest of rests) {
    for (const first of characters) {
      const line = first + rest;
      const taking = PREFIXES.filter(({ pattern }) => (pattern.exec(line)?.[0].length ?? 0) > 0);
      const kept = prefixesOf(line);
      assertEquals(kept.filter((prefix) => taking.includes(prefix)), taking, JSON.stringify(line));
    }
  }
});

Deno.test("prefixesOf() tries few patterns on most lines", () => {
  for (const line of ["train: step 1", "PermissionDenied: 403", "{}", "2025-11-16 x", "é"]) {
    assert(prefixesOf(line).length <= 7, `${prefixesOf(line).length} for ${line}`);
  }
});
