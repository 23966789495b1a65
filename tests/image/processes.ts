/** Polls until `probe` gives a value; fails after `timeoutMs`. */
export async function waitFor<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Cannot wait longer than ${timeoutMs} ms for ${what}`);
}

/** The first child of a process. */
export async function firstChild(pid: number): Promise<number | undefined> {
  const children = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`).catch(() => "");
  return parseInt(children) || undefined;
}

/** The PID namespace of a process, as the kernel names it: `pid:[4026531836]`. */
export async function pidNamespace(pid: number): Promise<string | undefined> {
  return await Deno.readLink(`/proc/${pid}/ns/pid`).catch(() => undefined);
}

/** All processes of a PID namespace, seen from outside. */
export async function processesIn(namespace: string): Promise<number[]> {
  const found: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    const pid = Number(name);
    if (Number.isInteger(pid) && await pidNamespace(pid) === namespace) found.push(pid);
  }
  return found;
}
