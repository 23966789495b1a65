/** What every run needs before its child is started. */
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
  dup2: { parameters: ["i32", "i32"], result: "i32" },
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

/** For code of the processor's own. */
const MEMORY = {
  mmap: { parameters: ["pointer", "usize", "i32", "i32", "i32", "i64"], result: "pointer" },
  mprotect: { parameters: ["pointer", "usize", "i32"], result: "i32" },
  bsearch: { parameters: ["buffer", "u64", "usize", "usize", "pointer"], result: "void" },
} as const satisfies Deno.ForeignLibraryInterface;

/**
 * Deno compiles a call of its own for each function, which takes 0.35 ms and makes a call cheaper only
 * once V8 has optimized who calls it; but none where an argument is a struct. So all get one that they
 * don't take: a byte in a register or on the stack, where the C calling conventions have nobody look for it.
 */
const UNUSED = { struct: ["u8"] } as const;
const NOTHING = new Uint8Array(1);

type Functions<T extends Deno.ForeignLibraryInterface> = Deno.DynamicLibrary<T>["symbols"];

let early: Functions<typeof EARLY> | undefined | null = null;
let files: Functions<typeof FILES> | undefined | null = null;
let processes: Functions<typeof PROCESSES> | undefined | null = null;
let memory: Functions<typeof MEMORY> | undefined | null = null;

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

/** As `libc`, for memory: only a flood needs it. */
export function libcMemory(): Functions<typeof MEMORY> | undefined {
  return memory === null ? memory = load(MEMORY) : memory;
}

function load<T extends Deno.ForeignLibraryInterface>(symbols: T): Functions<T> | undefined {
  try {
    const loaded = Deno.dlopen("libc.so.6", mapValues(symbols, definition)).symbols;
    return mapValues(loaded, callable) as Functions<T>;
  } catch {
    return undefined;
  }
}

function definition(symbol: Deno.ForeignLibraryInterface[string]) {
  if (!("parameters" in symbol)) return symbol;
  return { ...symbol, parameters: [...symbol.parameters, UNUSED] };
}

function callable(loaded: unknown): unknown {
  return (...args: unknown[]) => (loaded as (...all: unknown[]) => unknown)(...args, NOTHING);
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  to: (value: T) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}

/** `text` as C wants it: UTF-8 with a NUL at the end. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}
