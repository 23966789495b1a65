const SYMBOLS = {
  prctl: { parameters: ["i32", "u64", "u64", "u64", "u64"], result: "i32" },
  waitid: { parameters: ["i32", "u32", "buffer", "i32"], result: "i32" },
  waitpid: { parameters: ["i32", "buffer", "i32"], result: "i32" },
  open: { parameters: ["buffer", "i32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
  fcntl: { parameters: ["i32", "i32", "i32"], result: "i32" },
  opendir: { parameters: ["buffer"], result: "pointer" },
  readdir: { parameters: ["pointer"], result: "pointer" },
  closedir: { parameters: ["pointer"], result: "i32" },
  sigaction: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  sigprocmask: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getpgid: { parameters: ["i32"], result: "i32" },
  getsid: { parameters: ["i32"], result: "i32" },
  tcgetpgrp: { parameters: ["i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

const TEE = {
  tee: { parameters: ["i32", "i32", "usize", "u32"], result: "isize" },
} as const satisfies Deno.ForeignLibraryInterface;

export type Libc = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];

let loaded: Libc | undefined | null = null;

/**
 * The C library's functions that Deno has no API for; `undefined` where it isn't glibc or may not
 * be loaded. Those that depend on it say what they do without.
 */
export function libc(): Libc | undefined {
  if (loaded === null) {
    try {
      loaded = Deno.dlopen("libc.so.6", SYMBOLS).symbols;
    } catch {
      loaded = undefined;
    }
  }
  return loaded;
}

export type Tee = Deno.DynamicLibrary<typeof TEE>["symbols"]["tee"];

let tee: Tee | undefined | null = null;

/**
 * tee(2), as `libc` has the others. It is loaded apart from them: every symbol costs a start 0.2 ms,
 * and this one is wanted in the middle of a run, if at all.
 */
export function teeFunction(): Tee | undefined {
  if (tee === null) {
    try {
      tee = Deno.dlopen("libc.so.6", TEE).symbols.tee;
    } catch {
      tee = undefined;
    }
  }
  return tee;
}

/** `text` as C wants it: UTF-8 with a NUL at the end. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}
