/** `2025-01-01, Intel(R) Xeon(R) Processor, 2 cores, 24 GB, Linux 6.1.0, load 0.1`: no names. */
export function describeMachine(): string {
  const cpu = /^model name\s*:\s*(.*)$/m.exec(Deno.readTextFileSync("/proc/cpuinfo"))?.[1];
  const [load] = Deno.loadavg();
  return [
    new Date().toISOString().slice(0, "2025-01-01".length),
    cpu ?? Deno.build.arch,
    `${navigator.hardwareConcurrency} cores`,
    `${Math.round(Deno.systemMemoryInfo().total / 1e9)} GB`,
    `Linux ${/^[\d.]+/.exec(Deno.osRelease())?.[0].replace(/\.$/, "")}`,
    `load ${load!.toFixed(1)} before`,
  ].join(", ");
}
