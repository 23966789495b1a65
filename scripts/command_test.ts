import { assertEquals, assertRejects } from "@std/assert";
import { BuildError, run } from "./command.ts";

Deno.test("run() returns what the program prints", async () => {
  assertEquals(await run("sh", ["-c", "echo $WORD"], { env: { WORD: "hello" } }), "hello\n");
});

Deno.test("run() reports the gist of stderr when the program fails", async () => {
  await assertRejects(
    () => run("/bin/sh", ["-eu", "-c", "echo working >&2; echo no space left >&2; exit 3"]),
    BuildError,
    "`: no space left",
  );
  const denoLike = "echo Download x; echo 'error: it broke'; echo; echo ' Caused by:'; echo; " +
    "echo ' the disk'; echo 'Stack backtrace:'";
  await assertRejects(
    () => run("/bin/sh", ["-c", `{ ${denoLike}; } >&2; exit 1`]),
    BuildError,
    "`: it broke Caused by: the disk",
  );
});

Deno.test("run() gives the exit code when the program fails without a word", async () => {
  await assertRejects(() => run("sh", ["-c", "exit 3"]), BuildError, "exit code 3");
});

Deno.test("run() says so when a program isn't installed", async () => {
  await assertRejects(() => run("no-such-program", []), BuildError, "it is not installed");
});
