import { findProgram, hostArchitecture, openArchive } from "../image/debian.ts";

/** A folder with all that an arm64 program needs to run on this machine; removed when disposed. */
export interface Arm64Runner extends AsyncDisposable {
  /** Runs an arm64 program to its end; what it starts itself are programs of this machine. */
  run(program: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
}

/** Gets Debian's arm64 C library, and its emulator where this machine has none. */
export async function openArm64Runner(): Promise<Arm64Runner> {
  const dir = await Deno.makeTempDir({ prefix: "bailout-arm64-" });
  const dispose = () => Deno.remove(dir, { recursive: true });
  try {
    const emulator = await findProgram("qemu-aarch64-static") ?? await unpackEmulator(dir);
    const arm64 = await openArchive("arm64", `${dir}/apt-arm64`);
    await arm64.unpack(["libc6", "libgcc-s1"], `${dir}/root`);
    return {
      async run(program, args) {
        const output = await new Deno.Command(emulator, {
          args: ["-L", `${dir}/root`, program, ...args],
          stdin: "null",
        }).output();
        const [stdout, stderr] = [output.stdout, output.stderr]
          .map((bytes) => new TextDecoder().decode(bytes));
        return { code: output.code, stdout: stdout!, stderr: stderr! };
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function unpackEmulator(dir: string): Promise<string> {
  const debian = await openArchive(await hostArchitecture(), `${dir}/apt-host`);
  await debian.unpack(["qemu-user-static"], `${dir}/host`);
  return `${dir}/host/usr/bin/qemu-aarch64-static`;
}
