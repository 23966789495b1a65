import { BuildError } from "./command.ts";

/** What a release is built for. */
export interface Target {
  /** As in the name of a release archive. */
  name: "linux-x86_64" | "linux-arm64";
  /** As `deno compile --target` spells it. */
  triple: string;
  /** As `Deno.build.arch` spells it. */
  arch: typeof Deno.build.arch;
  base: NpmBase;
}

/**
 * Where npm has the runtime base that `deno compile` appends a program to. The file is another
 * compiled program, so its first `size` bytes are the base.
 */
export interface NpmBase {
  package: string;
  version: string;
  file: string;
  /** Bytes. */
  size: number;
  sha256: string;
}

/** The Deno version whose runtime the npm packages below hold; a test holds it to the pin. */
export const NPM_BASE_DENO_VERSION = "2.7.11";

export const TARGETS: readonly Target[] = [
  {
    name: "linux-x86_64",
    triple: "x86_64-unknown-linux-gnu",
    arch: "x86_64",
    base: {
      package: "@stdy/cli-linux-x64",
      version: "0.22.2",
      file: "bin/steady",
      size: 97076048,
      sha256: "f12d5d3886d5ea138304fb8d67d7396cfbedf53656676132152cb89f3fa4d8e6",
    },
  },
  {
    name: "linux-arm64",
    triple: "aarch64-unknown-linux-gnu",
    arch: "aarch64",
    base: {
      package: "@stdy/cli-linux-arm64",
      version: "0.22.2",
      file: "bin/steady",
      size: 90596104,
      sha256: "9c888d915647ff971a497acd39ee45ea63da5f19d12d4363124942c257c055ef",
    },
  },
];

/** What the program may do and how its V8 is set up; the only place that says so. */
export const COMPILE_FLAGS: readonly string[] = [
  // Any command, any variable (OTEL_*, *_TOKEN), any rule file, any log file, any webhook. Of the
  // system the host's name alone, and no import of code: nothing here needs more.
  "--allow-run",
  "--allow-env",
  "--allow-read",
  "--allow-write",
  "--allow-net",
  "--allow-sys=hostname",
  // Deno takes a library's name here for a path below the working directory, so it can't be scoped.
  "--allow-ffi",
  "--no-prompt",
  // The cache is a file of a guessable name in a folder that others can write, and it is run.
  "--no-code-cache",
  // By itself V8 compiles a regular expression twice, first to bytecode, which takes longer than the
  // machine code that it gets at its second use anyway: 40 ms for what a first match needs, and 18.
  // By itself V8 doubles the room for short-lived objects under a long flood, up to 50 MiB more; at
  // 4 a flood of 10 GB still takes 4 MB more than one of 600 MB, at 2 none, and it is as fast. And it
  // grows by what it may have: on a machine of 25 GB, 60 MB of lines that are all read left 100 MB of
  // garbage, at 128 they leave 35. What lives needs a tenth of that. In about every other run it also
  // came to put short-lived objects where only a full collection finds them: 54 MB instead of 35.
  // It also begins with little room, and collects garbage three times in the first 100 ms, when there is
  // hardly any: 18 ms. With all of the room from the begin it takes 1 ms, and 4 MB less in the end. What
  // lives for long has 11 MB; a flood adds 50 kB for each GB, which are only collected beyond these 16.
  `--v8-flags=${
    [
      "--enable-experimental-regexp-engine-on-excessive-backtracks",
      "--no-regexp-tier-up",
      "--min-semi-space-size=2",
      "--max-semi-space-size=2",
      "--initial-old-space-size=16",
      "--max-old-space-size=128",
      "--no-allocation-site-pretenuring",
    ].join(",")
  }`,
];

/** The Linux target of this machine's processor. */
export function hostTarget(arch: string = Deno.build.arch): Target {
  const target = TARGETS.find((target) => target.arch === arch);
  if (target === undefined) throw new BuildError(`Cannot build for this processor: ${arch}`);
  return target;
}

/** Finds the Deno version in a Dockerfile's text: the line `ARG DENO_VERSION=...` is the pin. */
export function pinnedVersion(dockerfile: string): string {
  const version = /^ARG DENO_VERSION=(\S+)$/m.exec(dockerfile)?.[1];
  if (version === undefined) throw new BuildError("Cannot find ARG DENO_VERSION in Dockerfile");
  return version;
}

/** Throws {@linkcode BuildError} unless the running Deno is the pinned one. */
export function requireVersion(pinned: string, running: string = Deno.version.deno): void {
  if (running === pinned) return;
  throw new BuildError(
    `Cannot build with Deno ${running}: Dockerfile pins ${pinned}, \`make build\` picks that one`,
  );
}
