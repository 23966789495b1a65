/** Every process started by a test carries this variable, with the test's own value. */
export const MARK = "E2E_MARK";

export interface Survivor {
  pid: number;
  state: string;
  command: string;
}

/** The processes that carry `mark`, wherever they have gone; zombies have lost theirs. */
export function marked(mark: string): Survivor[] {
  const found: Survivor[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (!Deno.readTextFileSync(`/proc/${name}/environ`).includes(`${MARK}=${mark}\0`)) continue;
      const command = Deno.readTextFileSync(`/proc/${name}/cmdline`).replaceAll("\0", " ");
      found.push({ pid: Number(name), state: stateOf(Number(name)) ?? "?", command });
    } catch {
      // Gone between the listing and the reading.
    }
  }
  return found;
}

/** `R`, `S`, `T`, `Z` … of proc(5); `undefined` for a process that isn't there. */
export function stateOf(pid: number): string | undefined {
  try {
    return /\) (\w) /.exec(Deno.readTextFileSync(`/proc/${pid}/stat`))?.[1];
  } catch {
    return undefined;
  }
}

/** The direct children of a process, zombies included. */
export function childrenOf(pid: number): number[] {
  const children: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    try {
      const stat = Deno.readTextFileSync(`/proc/${name}/stat`);
      if (Number(/\) \w (\d+) /.exec(stat)?.[1]) === pid) children.push(Number(name));
    } catch {
      // Not a process, or gone.
    }
  }
  return children;
}
