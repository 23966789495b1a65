import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { e2e } from "../helpers/bailout.ts";

e2e("each of the 256 exit codes of the child is bailout's own", async (stage) => {
  const codes = [...Array(256).keys()];
  const batch = 8;
  for (let i = 0; i < codes.length; i += batch) {
    await Promise.all(
      codes.slice(i, i + batch).map(async (code) => {
        const outcome = await stage.run(["--", "sh", "-c", `exit ${code}`]);
        assertEquals(outcome.code, code);
        assertStringIncludes(outcome.stderr, `✓ sh exited (exit code: ${code})`);
      }),
    );
  }
});

const DEATHS = { HUP: 1, INT: 2, QUIT: 3, ABRT: 6, KILL: 9, SEGV: 11, TERM: 15 };

for (const [signal, number] of Object.entries(DEATHS)) {
  e2e(`a child that dies of SIG${signal} gives exit code 128+${number}`, async (stage) => {
    const outcome = await stage.run(["--", "sh", "-c", `kill -${signal} $$`]);
    assertEquals(outcome.code, 128 + number);
    assertEquals(outcome.signal, null);
  });
}

e2e("a command that isn't found gives 127 and one sentence", async (stage) => {
  for (const command of ["no-such-program", "/no/such/program", "./nope"]) {
    const outcome = await stage.run(["--quiet", "--", command]);
    assertEquals(outcome.code, 127);
    assertEquals(
      outcome.stderr,
      `bailout: cannot run ${JSON.stringify(command)}: not found (exit code: 127)\n`,
    );
  }
});

e2e("a command that can't be executed gives 126 and one sentence", async (stage) => {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/plain`, "text");
    for (const command of [`${dir}/plain`, dir]) {
      const outcome = await stage.run(["--quiet", "--", command]);
      assertEquals(outcome.code, 126);
      assertMatch(
        outcome.stderr,
        /^bailout: cannot run ".*": permission denied \(exit code: 126\)\n$/,
      );
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

e2e("a script whose interpreter is missing isn't found, as for a shell", async (stage) => {
  const script = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(script, "#!/no/such/interpreter\n");
    await Deno.chmod(script, 0o755);
    assertEquals((await stage.run(["--", script])).code, 127);
  } finally {
    await Deno.remove(script);
  }
});
