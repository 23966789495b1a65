/**
 * `2025-01-01, Intel(R) Xeon(R) Processor with AVX-512 VBMI, 2 cores, 24 GB, Linux 6.1.0, load 0.1`: no
 * names.
 */
export function describeMachine(): string {
  const info = Deno.readTextFileSync("/proc/cpuinfo");
  const cpu = /^model name\s*:\s*(.*)$/m.exec(info)?.[1] ?? Deno.build.arch;
  const [load] = Deno.loadavg();
  return [
    new Date().toISOString().slice(0, "2025-01-01".length),
    // The search has code of its own for these.
    /\bavx512_?vbmi\b/.test(info) ? `${cpu} with AVX-512 VBMI` : cpu,
    `${navigator.hardwareConcurrency} cores`,
    `${Math.round(Deno.systemMemoryInfo().total / 1e9)} GB`,
    `Linux ${/^[\d.]+/.exec(Deno.osRelease())?.[0].replace(/\.$/, "")}`,
    `load ${load!.toFixed(1)} before`,
  ].join(", ");
}
