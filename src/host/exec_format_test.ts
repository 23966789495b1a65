import { assertEquals } from "@std/assert";
import { bytes } from "../testing/builders.ts";
import { isForeign } from "./exec_format.ts";

function elf(machine: number): Uint8Array {
  const head = new Uint8Array(64);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  head[18] = machine;
  return head;
}

const CASES: [name: string, head: Uint8Array, foreign: boolean][] = [
  ["a program of this processor", elf(62), false],
  ["a program of another processor", elf(183), true],
  ["the first bytes of a program", bytes("\x7fELF"), true],
  ["a program of another system", bytes("MZ\x90\0\x03\0\0\0\n"), true],
  ["a script without #!", bytes("echo hello\n"), false],
  ["a script without #! and line end", bytes("echo hello"), false],
  ["a script that carries an archive", bytes("exec tar xf $0\nustar\0\0\0"), false],
  ["an empty file", bytes(""), false],
];
for (const [name, head, foreign] of CASES) {
  Deno.test(`isForeign(): ${name}: ${foreign ? "yes" : "no"}`, () => {
    assertEquals(isForeign(head, "x86_64"), foreign);
  });
}

Deno.test("isForeign(): on arm64 it is the other way round", () => {
  assertEquals([isForeign(elf(62), "aarch64"), isForeign(elf(183), "aarch64")], [true, false]);
});
