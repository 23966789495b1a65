// Clocks and counters that Deno has no API for. glibc on 64-bit Linux: what bailout needs anyway.
const libc = Deno.dlopen("libc.so.6", {
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
  getrusage: { parameters: ["i32", "buffer"], result: "i32" },
}).symbols;

const CLOCK_MONOTONIC = 1;
const RUSAGE_CHILDREN = -1;
/** sizeof(struct rusage); it begins with two struct timeval, user and system time. */
const RUSAGE_BYTES = 144;

/** CLOCK_MONOTONIC in seconds: the one clock that this process and its children share. */
export function monotonic(): number {
  return readClock(CLOCK_MONOTONIC)!;
}

/** CPU seconds that the threads of a process have used so far; `undefined` when it is gone. */
export function processCpu(pid: number): number | undefined {
  // clock_getcpuclockid(3): the complement of the pid, then 2 for all its threads' run time, in ns.
  return readClock((~pid << 3) | 2);
}

/** CPU seconds of all children of this process that have ended, and of what they have waited for. */
export function endedChildrenCpu(): number {
  const usage = new DataView(new ArrayBuffer(RUSAGE_BYTES));
  libc.getrusage(RUSAGE_CHILDREN, usage.buffer);
  return timeAt(usage, 0, 1e6) + timeAt(usage, 16, 1e6);
}

function readClock(clock: number): number | undefined {
  const time = new DataView(new ArrayBuffer(16));
  return libc.clock_gettime(clock, time.buffer) === 0 ? timeAt(time, 0, 1e9) : undefined;
}

/** Whole seconds and then a fraction, each 64 bits. */
function timeAt(view: DataView, offset: number, fraction: number): number {
  const [seconds, rest] = [view.getBigInt64(offset, true), view.getBigInt64(offset + 8, true)];
  return Number(seconds) + Number(rest) / fraction;
}
