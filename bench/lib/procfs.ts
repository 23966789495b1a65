import { processCpu } from "./libc.ts";

/** USER_HZ: what /proc counts in, on every Linux. */
const TICKS_PER_SECOND = 100;

/** Memory of one process, MB (10^6 bytes). */
export interface Memory {
  /** Its own: heap and stacks, nothing of files. */
  readonly rssAnon: number;
  /** With the pages of the executable and libraries that are in memory. */
  readonly vmRss: number;
  /** The highest `vmRss` so far. */
  readonly vmHwm: number;
}

/** `undefined` when the process is gone. */
export function readMemory(pid: number): Memory | undefined {
  const status = read(`/proc/${pid}/status`);
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status ?? "")?.[1]) * 1024 / 1e6;
  const memory = { rssAnon: field("RssAnon"), vmRss: field("VmRSS"), vmHwm: field("VmHWM") };
  return Number.isNaN(memory.vmRss) ? undefined : memory;
}

/** CPU seconds that a process, its descendants and those they have waited for have used so far. */
export function treeCpu(root: number): number {
  const stats = listStats();
  const seconds = (pid: number): number => {
    const children = stats.filter((stat) => stat.parent === pid);
    const ended = stats.find((stat) => stat.pid === pid)?.childrenCpu ?? 0;
    return (processCpu(pid) ?? 0) + ended +
      children.reduce((sum, child) => sum + seconds(child.pid), 0);
  };
  return seconds(root);
}

/** Bytes that a process has read so far, from anywhere. */
export function bytesRead(pid: number): number {
  return Number(/^rchar: (\d+)$/m.exec(read(`/proc/${pid}/io`) ?? "")?.[1] ?? NaN);
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** CPU seconds of the children it has waited for. */
  readonly childrenCpu: number;
}

function listStats(): Stat[] {
  const pids = [...Deno.readDirSync("/proc")].map(({ name }) => name).filter(Number);
  return pids.map((pid) => read(`/proc/${pid}/stat`)).filter((text) => text !== undefined)
    .map(parseStat);
}

/** The fields are counted from behind the name, which may hold anything: proc(5) calls its end 2. */
function parseStat(text: string): Stat {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number);
  const [parent, cutime, cstime] = [fields[1]!, fields[13]!, fields[14]!];
  return { pid: parseInt(text), parent, childrenCpu: (cutime + cstime) / TICKS_PER_SECOND };
}

/** `undefined` for a process that has gone meanwhile. */
function read(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
