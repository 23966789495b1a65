import { processName } from "./procfs.ts";

/** As much of a file as tells what it is: more than an ELF header, like what a shell looks at. */
const HEAD_BYTES = 128;
const ELF = [0x7f, 0x45, 0x4c, 0x46];
/** `e_machine` in an ELF header, elf(5). */
const MACHINE_OFFSET = 18;
const MACHINES = { x86_64: 62, aarch64: 183 } as const;

/**
 * Whether the kernel refused `program`, which was started as process `pid`, and a shell now tries
 * to read it as a script. execvp(3) does so on ENOEXEC: right for a script without `#!`, nonsense
 * for a program of another processor. Scripts stay what they are.
 */
export function isMisreadBinary(program: string, pid: number): boolean {
  const name = program.slice(program.lastIndexOf("/") + 1);
  if (name === "sh" || processName(pid) !== "sh") return false;
  // `env sh` is soon called sh too, and has been a program of this machine.
  const head = readHead(program);
  return head !== undefined && isForeign(head);
}

/** Whether a file that begins with `head` is a program, and not one of this machine. */
export function isForeign(head: Uint8Array, arch: string = Deno.build.arch): boolean {
  if (!ELF.every((byte, i) => head[i] === byte)) return isBinary(head);
  const machine = (head[MACHINE_OFFSET] ?? 0) | ((head[MACHINE_OFFSET + 1] ?? 0) << 8);
  return machine !== MACHINES[arch as keyof typeof MACHINES];
}

/** A NUL in the first line, as for a shell. */
function isBinary(head: Uint8Array): boolean {
  const end = head.indexOf(0x0a);
  return head.subarray(0, end === -1 ? head.length : end).includes(0);
}

function readHead(program: string): Uint8Array | undefined {
  const places = program.includes("/") ? [""] : (Deno.env.get("PATH") ?? "").split(":");
  for (const place of places) {
    try {
      using file = Deno.openSync(place === "" ? program : `${place}/${program}`);
      const head = new Uint8Array(HEAD_BYTES);
      return head.subarray(0, file.readSync(head) ?? 0);
    } catch {
      // Not here, or not ours to read: then nothing is known about it.
    }
  }
  return undefined;
}
