import { assertEquals } from "@std/assert";
import { spawnFailure } from "./child.ts";

/** An error as `Deno.Command` throws it. */
function failed(
  code: string,
  text: string,
  kind: new (message: string) => Error = Error,
): Error {
  return Object.assign(new kind(`Failed to spawn '/a: b/c': ${text}`), { code });
}

const CASES: [error: unknown, kind: string, detail: string][] = [
  [
    failed("ENOENT", "No such file or directory (os error 2)", Deno.errors.NotFound),
    "not-found",
    "not found",
  ],
  [failed("EACCES", "Permission denied (os error 13)"), "not-executable", "permission denied"],
  [
    failed("E2BIG", "Argument list too long (os error 7)"),
    "not-executable",
    "argument list too long",
  ],
  [failed("EMFILE", "Too many open files (os error 24)"), "no-room", "too many open files"],
  [
    failed("ENFILE", "Too many open files in system (os error 23)"),
    "no-room",
    "too many open files in system",
  ],
  [
    failed("EAGAIN", "Resource temporarily unavailable (os error 11)"),
    "no-room",
    "resource temporarily unavailable",
  ],
  [failed("ENOMEM", "Cannot allocate memory (os error 12)"), "no-room", "cannot allocate memory"],
  ["no error at all", "not-executable", "no error at all"],
];
for (const [error, kind, detail] of CASES) {
  Deno.test(`spawnFailure() is ${kind}: ${detail}`, () => {
    assertEquals(spawnFailure(error) as unknown, { kind, detail });
  });
}
