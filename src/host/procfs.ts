import { cString, libcFiles, libcProcesses } from "./libc.ts";

/** What /proc/PID/stat says of one process. */
export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** One letter, proc(5): R running, S sleeping, T stopped, Z zombie, … */
  readonly state: string;
}

/** `d_name` in glibc's struct dirent of 64-bit Linux. */
const D_NAME_OFFSET = 19;

/**
 * Deno gives /proc only to `--allow-all`, so the C library reads it. Files there fit into one read.
 */
function readProc(path: string): string | undefined {
  const c = libcFiles();
  if (c === undefined) return undefined;
  const fd = c.open(cString(path), 0);
  if (fd < 0) return undefined;
  const buffer = new Uint8Array(8192);
  const length = Number(c.read(fd, buffer, BigInt(buffer.length)));
  c.close(fd);
  return length > 0 ? new TextDecoder().decode(buffer.subarray(0, length)) : undefined;
}

function listPids(): number[] {
  const c = libcProcesses();
  const dir = c?.opendir(cString("/proc"));
  if (c === undefined || dir === undefined || dir === null) return [];
  const pids: number[] = [];
  for (let entry = c.readdir(dir); entry !== null; entry = c.readdir(dir)) {
    const name = new Deno.UnsafePointerView(entry).getCString(D_NAME_OFFSET);
    if (/^\d+$/.test(name)) pids.push(Number(name));
  }
  c.closedir(dir);
  return pids;
}

/** @returns `undefined` if the text isn't a stat line. The name in it may hold spaces and `)`. */
export function parseStat(text: string): ProcessStat | undefined {
  const nameEnd = text.lastIndexOf(")");
  const [state, parent, group] = text.slice(nameEnd + 2).split(" ");
  const pid = Number.parseInt(text, 10);
  if (nameEnd === -1 || state === undefined || group === undefined || Number.isNaN(pid)) {
    return undefined;
  }
  return { pid, state, parent: Number(parent), group: Number(group) };
}

/**
 * Every process that /proc shows; empty where there is none, or where it shows another PID
 * namespace than ours (`unshare --pid` without a new /proc): its numbers would name strangers.
 */
export function listProcesses(): ProcessStat[] {
  const self = readProc("/proc/self/stat");
  if (self === undefined || parseStat(self)?.pid !== Deno.pid) return [];
  return listPids().map((pid) => parseStat(readProc(`/proc/${pid}/stat`) ?? ""))
    .filter((stat) => stat !== undefined);
}

/** What the kernel calls a process: the base name of what it runs, cut at 15 bytes; zombies too. */
export function processName(pid: number): string | undefined {
  return readProc(`/proc/${pid}/comm`)?.trimEnd();
}

/** Whether a process has a handler for a signal, or ignores it; false where it can't be known. */
export function handlesSignal(pid: number, signal: number): boolean {
  const status = readProc(`/proc/${pid}/status`) ?? "";
  const bit = 1n << BigInt(signal - 1);
  return ["SigCgt", "SigIgn"].some((field) => {
    const mask = new RegExp(`^${field}:\\s*([0-9a-f]+)$`, "m").exec(status)?.[1];
    return mask !== undefined && (BigInt(`0x${mask}`) & bit) !== 0n;
  });
}
