// The command can't be started. Also in exit_code_test.ts: it isn't there (ENOENT), nobody may run
// it (EACCES), its interpreter is missing.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { BINARY, e2e } from "../helpers/bailout.ts";
import { MOUNT_NAMESPACE, NO_MOUNTS } from "../helpers/mount_namespace.ts";
import { inTempDir } from "../helpers/temp_dir.ts";

function sentence(command: string, reason: string, code: number): string {
  return `bailout: cannot run ${JSON.stringify(command)}: ${reason} (exit code: ${code})\n`;
}

const NO_FORMAT = "exec format error, it is no program of this machine";

/** A program whose header names another processor, one that no emulator is registered for. */
async function foreignProgram(path: string): Promise<void> {
  const program = await Deno.readFile("/bin/true");
  program.set([0xf0, 0xff], 18);
  await Deno.writeFile(path, program, { mode: 0o755 });
}

e2e("ENOEXEC: a program of another processor gives 126 and one sentence", async (stage) => {
  await inTempDir(async (dir) => {
    const path = `${dir}/foreign`;
    await foreignProgram(path);
    const named = await stage.run(["--quiet", "--", path]);
    assertEquals([named.code, named.stderr], [126, sentence(path, NO_FORMAT, 126)]);
    const found = await stage.run(["--quiet", "--", "foreign"], {
      env: { PATH: `/nowhere:${dir}:${Deno.env.get("PATH")}` },
    });
    assertEquals([found.code, found.stderr], [126, sentence("foreign", NO_FORMAT, 126)]);
  });
});

e2e("ENOEXEC: a file of NUL bytes gives 126 and one sentence", async (stage) => {
  await inTempDir(async (dir) => {
    await Deno.writeFile(`${dir}/zeros`, new Uint8Array(4096), { mode: 0o755 });
    const { code, stderr } = await stage.run(["--quiet", "--", "./zeros"], { cwd: dir });
    assertEquals([code, stderr], [126, sentence("./zeros", NO_FORMAT, 126)]);
  });
});

e2e("ENOEXEC: a script without #! is run by sh, as a shell does", async (stage) => {
  await inTempDir(async (dir) => {
    await Deno.writeTextFile(`${dir}/script`, "echo ran $1; exit 4\n", { mode: 0o755 });
    const { code, stdout } = await stage.run(["--", `${dir}/script`, "it"]);
    assertEquals([code, stdout], [4, "ran it\n"]);
  });
});

e2e("a program that becomes sh at once isn't taken for a misread one", async (stage) => {
  await inTempDir(async (dir) => {
    await Deno.symlink("/bin/sh", `${dir}/link`);
    for (let i = 0; i < 5; i++) {
      assertEquals((await stage.run(["--", "env", "sh", "-c", "exit 3"])).code, 3);
      assertEquals((await stage.run(["--", `${dir}/link`, "-c", "exit 3"])).code, 3);
    }
  });
});

e2e("ETXTBSY: a program that is being written gives 126 and one sentence", async (stage) => {
  await inTempDir(async (dir) => {
    await Deno.copyFile("/bin/true", `${dir}/busy`);
    const perl = 'open my $f, "+<", $ARGV[1] or die; exit(system(@ARGV[0, 2..3], $ARGV[1]) >> 8)';
    const args = ["-e", perl, BINARY, `${dir}/busy`, "--quiet", "--"];
    const { code, stderr } = await stage.start("perl", args).outcome();
    assertEquals([code, stderr], [126, sentence(`${dir}/busy`, "text file busy", 126)]);
  });
});

e2e(
  "E2BIG: arguments that just fit bailout's own start give 126 and one sentence",
  async (stage) => {
    await inTempDir(async (dir) => {
      // The child's path is the longer one: what fits us to the byte is too long for it.
      const deep = `${dir}/${"d".repeat(200)}`;
      await Deno.mkdir(deep);
      await Deno.symlink("/bin/true", `${deep}/t`);
      await Deno.symlink(BINARY, `${dir}/b`);
      const perl = `
      sub run { my ($bytes) = @_;
        my @filler = ("x" x 99_999) x int($bytes / 100_000);
        my $pid = fork // die;
        if (!$pid) { exec "$ARGV[0]/b", "--quiet", "./t", @filler, "x" x ($bytes % 100_000); exit 99 }
        waitpid $pid, 0; $? >> 8 }
      my ($fits, $not) = (0, 8_000_000);
      open my $err, ">&", STDERR; open STDERR, ">", "/dev/null";
      while ($not - $fits > 1) { my $try = int(($fits + $not) / 2);
        if (run($try) == 99) { $not = $try } else { $fits = $try } }
      open STDERR, ">&", $err; exit run($fits)`;
      const { code, stderr } = await stage.start("perl", ["-e", perl, dir], { cwd: deep })
        .outcome();
      assertEquals([code, stderr], [126, sentence("./t", "argument list too long", 126)]);
    });
  },
);

for (
  const [name, command, reason] of [
    ["ENOTDIR: a file taken for a folder", "plain/program", "not a directory"],
    ["ELOOP: a link to itself", "./loop", "too many levels of symbolic links"],
    ["ENAMETOOLONG: a name that can't exist", `./${"x".repeat(300)}`, "file name too long"],
    ["EACCES: a folder", "./folder", "permission denied"],
  ] as const
) {
  e2e(`${name} gives 126 and one sentence`, async (stage) => {
    await inTempDir(async (dir) => {
      await Deno.writeTextFile(`${dir}/plain`, "");
      await Deno.symlink("loop", `${dir}/loop`);
      await Deno.mkdir(`${dir}/folder`);
      const { code, stderr } = await stage.run(["--quiet", "--", command], { cwd: dir });
      assertEquals([code, stderr], [126, sentence(command, reason, 126)]);
    });
  });
}

e2e("EACCES: a program on a noexec file system gives 126 and one sentence", async (stage) => {
  await inTempDir(async (dir) => {
    const script =
      `mount -t tmpfs -o noexec tmpfs ${dir} && cp /bin/true ${dir}/p && exec "$0" -- ${dir}/p`;
    const run = stage.start("unshare", [...MOUNT_NAMESPACE!, "sh", "-c", script, BINARY]);
    const { code, stderr } = await run.outcome();
    assertEquals(code, 126);
    assertStringIncludes(stderr, sentence(`${dir}/p`, "permission denied", 126));
  });
}, { skip: NO_MOUNTS });
