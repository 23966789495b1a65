import type { LoadCode } from "../core/scan/machine_search.ts";

// asm-generic/mman-common.h, linux/mman.h
const [PROT_READ, PROT_WRITE, PROT_EXEC] = [1, 2, 4];
const [MAP_PRIVATE, MAP_ANONYMOUS] = [0x02, 0x20];
const MAP_FAILED = 2n ** 64n - 1n;
const PAGE_BYTES = 4096;

const SYMBOLS = {
  mmap: { parameters: ["pointer", "usize", "i32", "i32", "i32", "i64"], result: "pointer" },
  mprotect: { parameters: ["pointer", "usize", "i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

const FUNCTION = { parameters: ["buffer", "u32", "u32"], result: "u32" } as const;

type Functions = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];

/**
 * Puts machine code into a page of its own, which is never writable and executable at once. It stays
 * there until the process ends. What forbids this (SELinux's `execmem`) forbids V8's own code, too.
 */
export const loadCode: LoadCode = (arch, code, entries) => {
  if (Deno.build.arch !== arch || code.length > PAGE_BYTES) return undefined;
  const page = withLibc((libc) => executablePage(libc, code));
  if (page === undefined) return undefined;
  return entries.map((entry) => {
    const address = Deno.UnsafePointer.offset<typeof FUNCTION>(page, entry)!;
    const entered = new Deno.UnsafeFnPointer(address, FUNCTION);
    return (memory, a, b) => entered.call(memory, a, b);
  });
};

/** `undefined` where libc isn't glibc or may not be loaded. */
function withLibc<T>(use: (libc: Functions) => T): T | undefined {
  let library: Deno.DynamicLibrary<typeof SYMBOLS> | undefined;
  try {
    library = Deno.dlopen("libc.so.6", SYMBOLS);
    return use(library.symbols);
  } catch {
    return undefined;
  } finally {
    library?.close();
  }
}

function executablePage(libc: Functions, code: Uint8Array): Deno.PointerObject | undefined {
  const [length, flags] = [BigInt(PAGE_BYTES), MAP_PRIVATE | MAP_ANONYMOUS];
  const page = libc.mmap(null, length, PROT_READ | PROT_WRITE, flags, -1, 0n);
  if (page === null || Deno.UnsafePointer.value(page) === MAP_FAILED) return undefined;
  new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(page, PAGE_BYTES)).set(code);
  return libc.mprotect(page, length, PROT_READ | PROT_EXEC) === 0 ? page : undefined;
}
