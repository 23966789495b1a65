import { assertEquals } from "@std/assert";
import { describeFileError } from "./file_error.ts";

const CASES: [error: unknown, reason: string][] = [
  [
    new Deno.errors.NotFound("No such file or directory (os error 2): open '/x/y.json'"),
    "there is no such file or directory",
  ],
  [
    new Deno.errors.PermissionDenied("Permission denied (os error 13): open '/x'"),
    "permission denied",
  ],
  [new Error("Is a directory (os error 21)"), "is a directory"],
  [new Error("No space left on device (os error 28)"), "no space left on device"],
  [new Error("Read-only file system (os error 30): rename 'a' -> 'b'"), "read-only file system"],
  [
    new Deno.errors.NotCapable('Requires all access to "/dev/fd/2"'),
    "devices and /proc are closed to bailout",
  ],
  [new Error("it is not a regular file"), "it is not a regular file"],
  ["odd", "odd"],
];
for (const [error, reason] of CASES) {
  Deno.test(`describeFileError() of ${error}`, () =>
    assertEquals(describeFileError(error), reason));
}
