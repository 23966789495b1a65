/** What every run needs before its child is started: each symbol costs a start 0.2 ms. */
const EARLY = {
  prctl: { parameters: ["i32", "u64", "u64", "u64", "u64"], result: "i32" },
  waitid: { parameters: ["i32", "u32", "buffer", "i32"], result: "i32" },
  fcntl: { parameters: ["i32", "i32", "i32"], result: "i32" },
  sigaction: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  sigprocmask: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** For files that Deno doesn't give us, and pipes. */
const FILES = {
  open: { parameters: ["buffer", "i32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  tee: { parameters: ["i32", "i32", "usize", "u32"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** For the child's tree, when it has one, and terminals. */
const PROCESSES = {
  waitpid: { parameters: ["i32", "buffer", "i32"], result: "i32" },
  opendir: { parameters: ["buffer"], result: "pointer" },
  readdir: { parameters: ["pointer"], result: "pointer" },
  closedir: { parameters: ["pointer"], result: "i32" },
  getpgid: { parameters: ["i32"], result: "i32" },
  getsid: { parameters: ["i32"], result: "i32" },
  tcgetpgrp: { parameters: ["i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

type Functions<T extends Deno.ForeignLibraryInterface> = Deno.DynamicLibrary<T>["symbols"];

let early: Functions<typeof EARLY> | undefined | null = null;
let files: Functions<typeof FILES> | undefined | null = null;
let processes: Functions<typeof PROCESSES> | undefined | null = null;

/**
 * The C library's functions that Deno has no API for; `undefined` where it isn't glibc or may not
 * be loaded. Those that depend on it say what they do without.
 */
export function libc(): Functions<typeof EARLY> | undefined {
  return early === null ? early = load(EARLY) : early;
}

/** As `libc`, for files and pipes: a start can do without. */
export function libcFiles(): Functions<typeof FILES> | undefined {
  return files === null ? files = load(FILES) : files;
}

/** As `libc`, for processes: most runs can do without. */
export function libcProcesses(): Functions<typeof PROCESSES> | undefined {
  return processes === null ? processes = load(PROCESSES) : processes;
}

function load<T extends Deno.ForeignLibraryInterface>(symbols: T): Functions<T> | undefined {
  try {
    return Deno.dlopen("libc.so.6", symbols).symbols;
  } catch {
    return undefined;
  }
}

/** `text` as C wants it: UTF-8 with a NUL at the end. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}
